import { statSync } from 'node:fs';

import { readProcessVariables } from '../environment/processVariables.ts';
import type { NodeFault } from '../fault.ts';
import { linkBelow } from '../link.ts';
import { readNodeFile } from '../nodeFile.ts';
import { resolveBelow, unlessExhausted } from '../root.ts';
import { processAt, processesNamed } from '../runtime/processes.ts';
import { shellWords } from './shellWords.ts';
import { readUnit } from './unit.ts';
import { argumentFiles, type ProviderPaths, wellKnownProviderPaths } from './wellKnown.ts';

/** How the kubelet of this node runs, as far as its credentials depend on it. */
export interface Kubelet {
	/** Where this was learned: `process 123`, the file of a unit; `defaults` where nothing told. */
	readonly source: string;
	readonly pid?: number;
	/** The flag `--root-dir`. */
	readonly rootDirectory: string;
	readonly workingDirectory: string;
	/** The variable HOME, which a service of systemd has only where it is written down. */
	readonly home?: string;
	/** The flags for credential providers, or what the distribution has in their place. */
	readonly providers?: ProviderPaths;
	/** What the kubelet's own environment gives a provider. Values may be secrets. */
	readonly environment: ReadonlyMap<string, string>;
	readonly faults: readonly NodeFault[];
}

type Found = Omit<Kubelet, 'rootDirectory' | 'providers' | 'workingDirectory'> & {
	readonly command: readonly string[];
	readonly workingDirectory?: string;
};

/** k3s holds the kubelet in its own process, and takes the same flags for credential providers. */
const commands = ['kubelet', 'k3s-server', 'k3s-agent', 'k3s'];
/** Services that start the kubelet. */
const units = ['kubelet.service', 'snap.kubelet-eks.daemon.service'];

/**
 * What the node below `root` tells of its kubelet: its process where that is to be seen, else its unit, else files of
 * its arguments, else the defaults. `known` is the process that was found before. Throws only when out of descriptors.
 */
export function readKubelet(root: string, known?: number): Kubelet {
	const {
		command,
		workingDirectory = '/',
		...found
	} = fromProcess(root, known) ?? fromUnit(root) ?? fromArguments(root) ?? defaults;
	const providers = providersOf(command) ?? wellKnownProviderPaths.find((paths) => isThere(root, paths.configuration));
	return {
		...found,
		rootDirectory: flag(command, 'root-dir') ?? '/var/lib/kubelet',
		workingDirectory,
		...(providers && { providers: { configuration: providers.configuration, directory: providers.directory } }),
	};
}

/** By hand a kubelet runs with the home of root. */
const defaults: Found = { source: 'defaults', home: '/root', command: [], environment: new Map(), faults: [] };

function fromProcess(root: string, known: number | undefined): Found | undefined {
	const before = known === undefined ? undefined : processAt(root, known, commands);
	const process = before ?? processesNamed(root, commands)[0];
	if (!process) return undefined;
	const { pid, unit, arguments: command } = process;
	const { variables, fault } = readProcessVariables(root, pid);
	// What the process does not show, its unit may.
	const started = fault && readUnit(root, unit === undefined ? units : [unit, ...units]);
	const environment = started?.environment ?? new Map([...variables].map(([name, { value }]) => [name, value]));
	const workingDirectory = linkBelow(root, `/proc/${pid}/cwd`) ?? started?.workingDirectory;
	return { ...startedWith({ command, environment, workingDirectory }), source: `process ${pid}`, pid, faults: [] };
}

function fromUnit(root: string): Found | undefined {
	const unit = readUnit(root, units);
	return unit && { ...startedWith(unit), source: unit.file, faults: unit.faults };
}

type Started = Pick<Found, 'command' | 'environment'> & { readonly workingDirectory?: string | undefined };

function startedWith({ command, environment, workingDirectory }: Started): Omit<Found, 'source' | 'faults'> {
	const home = environment.get('HOME');
	return {
		command,
		environment,
		...(home !== undefined && { home }),
		...(workingDirectory !== undefined && { workingDirectory }),
	};
}

function fromArguments(root: string): Found | undefined {
	for (const { file } of argumentFiles) {
		const found = readNodeFile(root, file);
		if (found.state === 'read') {
			const lines = found.text.split('\n').filter((line) => !/^\s*#/.test(line));
			return { ...defaults, source: file, command: lines.flatMap(shellWords) };
		}
	}
	return undefined;
}

function providersOf(command: readonly string[]): ProviderPaths | undefined {
	const configuration = flag(command, 'image-credential-provider-config');
	const directory = flag(command, 'image-credential-provider-bin-dir');
	if (configuration === undefined || directory === undefined) return undefined;
	return { configuration, directory };
}

/** The value of a flag, `--name=value` or `--name value`; of several the last counts. */
function flag(command: readonly string[], name: string): string | undefined {
	const values = command.flatMap((word, index) => {
		if (word.startsWith(`--${name}=`)) return word.slice(name.length + 3);
		return word === `--${name}` ? (command[index + 1] ?? []) : [];
	});
	return values.findLast((value) => value !== '');
}

function isThere(root: string, path: string): boolean {
	return unlessExhausted(() => statSync(resolveBelow(root, path))) !== undefined;
}
