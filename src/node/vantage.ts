import type { Bundle, TrustEnvironment } from './bundle.ts';
import type { NodeFault } from './fault.ts';
import { type Names, readNames } from './names.ts';
import { readBelow } from './nodeFile.ts';
import { createTrust } from './watchedTrust.ts';

/** The platform whose manifest a pull on this node takes, in the words of the OCI image index. */
export interface Platform {
	readonly os: string;
	readonly architecture: string;
	readonly variant?: string;
}

/** What this node says about reaching registries: plain facts, the same for every target. */
export interface Vantage extends Names {
	readonly bundle: Bundle;
	readonly platform: Platform;
	/** What is wrong with the files about names and trust. */
	readonly faults: readonly NodeFault[];
	/** The text of a file of this node, by its path there; undefined when it cannot be read. */
	readonly read: (path: string) => string | undefined;
	/** The same of a file as this process sees it. */
	readonly readHere: (path: string) => string | undefined;
}

const architectures: Readonly<Record<string, Omit<Platform, 'os'>>> = {
	x64: { architecture: 'amd64' },
	ia32: { architecture: '386' },
	arm64: { architecture: 'arm64', variant: 'v8' },
	arm: { architecture: 'arm', variant: 'v7' },
};

/** The platform of this machine; a node agent always pulls Linux images. */
export function readPlatform(architecture: string = process.arch): Platform {
	return { os: 'linux', ...(architectures[architecture] ?? { architecture }) };
}

/**
 * A reader of the node below `root`, for a runtime with this environment: each call gives the present state, and the same
 * bundle object while the bundle is unchanged. While this process is out of descriptors, what was read last holds; it
 * throws when nothing was read yet.
 */
export function createVantage(root: string, environment: () => TrustEnvironment = () => ({})): () => Vantage {
	const trust = createTrust(root, environment);
	let last: Vantage | undefined;
	const platform = readPlatform();
	const read = (): Vantage => {
		const { bundle, faults } = trust();
		const names = readNames(root);
		return {
			...names,
			bundle,
			platform,
			faults: [...names.faults, ...faults],
			read: (path) => readBelow(root, path),
			readHere: (path) => readBelow('/', path),
		};
	};
	return () => {
		try {
			last = read();
		} catch (error) {
			if (!last) throw error;
		}
		return last;
	};
}

/** The present state of the node below `root`, read once. */
export function readVantage(root: string, environment: TrustEnvironment = {}): Vantage {
	return createVantage(root, () => environment)();
}
