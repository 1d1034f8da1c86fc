import { opendirSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';

import type { NodeFault, Place } from '../fault.ts';
import { resolveBelow } from '../root.ts';
import type { CertificateCheck } from './certificates.ts';
import type { DockerLayout, HostDirectory, HostsFile, RegistryRoot } from './facts.ts';
import { readHostsToml } from './hostsToml.ts';
import { readNodeFile, unreadable, withFailure } from './nodeFile.ts';
import { type RegistriesSource, originOfEndpoint, originOfServer } from './registriesYaml.ts';

/** More registries than a node is told about; the others are not read. */
const mostDirectories = 500;
const mostCertificates = 100;

/** What reading the directories needs. */
export interface RootSurroundings {
	readonly root: string;
	readonly certificates: CertificateCheck;
	readonly registries: RegistriesSource | undefined;
	readonly faults: NodeFault[];
}

/** Reads a directory of directories. One that does not exist has none. Throws as `readNodeFile`. */
export function readRegistryRoot(path: string, surroundings: RootSurroundings): RegistryRoot {
	const names = namesIn(path, surroundings);
	const found = names.map((name) => [name, readHostDirectory(posix.join(path, name), name, surroundings)] as const);
	return { path, directories: new Map(found) };
}

function namesIn(path: string, { root, faults }: RootSurroundings): string[] {
	const names: string[] = [];
	const failure = withFailure(() => {
		using directory = opendirSync(resolveBelow(root, path));
		for (let entry = directory.readSync(); entry; entry = directory.readSync()) {
			if (names.length === mostDirectories) {
				const detail = `More than ${mostDirectories} registries have a directory here: the others are not read.`;
				faults.push({ file: path, fault: 'setting_invalid', detail });
				break;
			}
			names.push(entry.name);
		}
		return undefined;
	});
	if (failure?.state === 'unreadable') faults.push(unreadable(path, failure.code));
	return names.toSorted();
}

function readHostDirectory(path: string, name: string, surroundings: RootSurroundings): HostDirectory {
	const names = withFailure(() => readdirSync(resolveBelow(surroundings.root, path)).toSorted());
	if (Array.isArray(names)) {
		const hostsFile = readHostsFile(path, name, surroundings);
		return { path, ...(hostsFile ? { hostsFile } : {}), docker: readDockerLayout(path, names, surroundings) };
	}
	const empty = { path, docker: { cas: [], clients: [] } };
	if (names.state === 'unreadable') surroundings.faults.push(unreadable(path, names.code));
	return names.state === 'unfit' ? { ...empty, unfit: 'is no directory' } : empty;
}

function readHostsFile(path: string, name: string, surroundings: RootSurroundings): HostsFile | undefined {
	const { root, registries, certificates, faults } = surroundings;
	const file = posix.join(path, 'hosts.toml');
	const content = readNodeFile(root, file, 1024 ** 2);
	if (content.state === 'missing' || (content.state === 'read' && content.bytes.length === 0)) return undefined;
	if (content.state === 'unreadable') {
		faults.push(unreadable(file, content.code));
		return { file };
	}
	if (content.state === 'unfit') return { file, content: { place: { file }, why: `it ${content.why}` } };
	const registry = registryOf(name);
	const origin = (url?: string): Place | undefined =>
		url === undefined ? originOfServer(registries, registry) : originOfEndpoint(registries, registry, url);
	return { file, content: readHostsToml(content.bytes, { file, certificates, origin }) };
}

/** The registry that a directory is for: `registry.example_5000_` is `registry.example:5000`, `_default` is `*`. */
function registryOf(name: string): string {
	return name === '_default' ? '*' : name.replace(/_(\d+)_$/, ':$1');
}

function readDockerLayout(path: string, names: readonly string[], surroundings: RootSurroundings): DockerLayout {
	const { certificates } = surroundings;
	const ending = (suffix: string) => names.filter((name) => name.endsWith(suffix)).slice(0, mostCertificates);
	const at = (name: string) => posix.join(path, name);
	return {
		cas: ending('.crt').map((name) => certificates.ca(at(name), { file: at(name) })),
		clients: ending('.cert').map((name) => {
			const key = name.replace(/cert$/, 'key');
			return certificates.pair(at(name), at(names.includes(key) ? key : name), { file: at(name) });
		}),
	};
}
