import { posix } from 'node:path';

import type { Place } from '../fault.ts';
import type { CertificateCheck } from './certificates.ts';
import type { DockerLayout, HostDirectory, HostsFile, RegistryRoot } from './facts.ts';
import { readHostsToml } from './hostsToml.ts';
import type { NodeReader } from './nodeReader.ts';
import { type RegistriesSource, originOfEndpoint, originOfServer } from './registriesYaml.ts';

/** More registries than a node is told about; the others are not read. */
const mostDirectories = 500;
const mostNames = 1000;
/** Larger than any list of mirrors, in bytes: there are many such files, and each takes its time to read. */
const mostHostsToml = 64 * 1024;
const mostCertificates = 100;

/** What reading the directories needs. */
export interface RootSurroundings {
	readonly reader: NodeReader;
	readonly certificates: CertificateCheck;
	readonly registries: RegistriesSource | undefined;
}

/** Reads a directory of directories. One that does not exist has none. Throws as `NodeReader`. */
export function readRegistryRoot(path: string, surroundings: RootSurroundings): RegistryRoot {
	const { reader } = surroundings;
	const found = reader.directory(path, mostDirectories);
	if (found.state !== 'read') return { path, directories: new Map() };
	const detail = `More than ${mostDirectories} registries have a directory here: the others are not read.`;
	if (found.value.more) reader.faults.push({ file: path, fault: 'setting_invalid', detail });
	const directories = found.value.entries.map(({ name }): [string, HostDirectory] => {
		return [name, readHostDirectory(posix.join(path, name), name, surroundings)];
	});
	return { path, directories: new Map(directories) };
}

function readHostDirectory(path: string, name: string, surroundings: RootSurroundings): HostDirectory {
	const none = { path, docker: { cas: [], clients: [] } };
	const found = surroundings.reader.directory(path, mostNames);
	if (found.state === 'read') {
		const hostsFile = readHostsFile(path, name, surroundings);
		if (hostsFile && 'unfit' in hostsFile) return { ...none, ...hostsFile };
		const names = found.value.entries.map(({ name }) => name);
		const docker = readDockerLayout(path, names, surroundings);
		return { path, ...(hostsFile ? { hostsFile } : {}), docker };
	}
	return found.state === 'unfit' ? { ...none, unfit: found.why } : none;
}

function readHostsFile(path: string, name: string, surroundings: RootSurroundings) {
	const { reader, registries, certificates } = surroundings;
	const file = posix.join(path, 'hosts.toml');
	const content = reader.file(file, mostHostsToml);
	if (content.state === 'missing' || (content.state === 'read' && content.value.length === 0)) return undefined;
	if (content.state === 'unreadable') return { file } satisfies HostsFile;
	if (content.state === 'unfit') return { unfit: `holds a hosts.toml that ${content.why}` };
	const registry = registryOf(name);
	const origin = (url?: string): Place | undefined =>
		url === undefined ? originOfServer(registries, registry) : originOfEndpoint(registries, registry, url);
	return { file, content: readHostsToml(content.value, { file, certificates, origin }) } satisfies HostsFile;
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
