import { statSync } from 'node:fs';
import { hostname } from 'node:os';

import { type Bundle, readBundle } from './bundle.ts';
import { type Hosts, readHosts } from './hosts.ts';
import { type ResolvConf, readResolvConf } from './resolvConf.ts';
import { readBelow, resolveBelow } from './root.ts';

/** The platform whose manifest a pull on this node takes, in the words of the OCI image index. */
export interface Platform {
	readonly os: string;
	readonly architecture: string;
	readonly variant?: string;
}

/** What this node says about reaching registries: plain facts, the same for every target. */
export interface Vantage {
	readonly resolver: ResolvConf;
	readonly hosts: Hosts;
	readonly bundle: Bundle;
	readonly platform: Platform;
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

/** Bundles change rarely and are large; the others are read afresh every time. */
const watched = ['/etc/ssl/certs', '/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs', '/etc/ssl/cert.pem'];

/**
 * A reader of the node below `root`: each call gives the present state, and the same bundle object while the bundle is
 * unchanged. While this process is out of descriptors, what was read last holds; it throws when nothing was read yet.
 */
export function createVantage(root: string): () => Vantage {
	let stamp: string | undefined;
	let bundle: Bundle = { certificates: [], source: 'none' };
	let last: Vantage | undefined;
	const platform = readPlatform();
	const read = (): Vantage => {
		const now = watched.map((path) => modified(root, path)).join();
		if (now !== stamp) {
			bundle = readBundle(root);
			stamp = now;
		}
		return {
			resolver: readResolvConf(readBelow(root, '/etc/resolv.conf'), hostname()),
			hosts: readHosts(readBelow(root, '/etc/hosts')),
			bundle,
			platform,
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
export function readVantage(root: string): Vantage {
	return createVantage(root)();
}

function modified(root: string, path: string): string {
	try {
		const { mtimeMs, size, ino } = statSync(resolveBelow(root, path));
		return `${mtimeMs} ${size} ${ino}`;
	} catch {
		return '';
	}
}
