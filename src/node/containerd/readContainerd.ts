import { posix } from 'node:path';

import type { NodeFault } from '../fault.ts';
import { createCertificateCheck } from './certificates.ts';
import { readConfigFiles } from './configFiles.ts';
import type { ConfigFile, ContainerdFacts, RegistryRoot } from './facts.ts';
import { type Installation, installations } from './installations.ts';
import { readNodeFile } from './nodeFile.ts';
import { readRegistries } from './registriesYaml.ts';
import { readRegistryRoot } from './registryRoots.ts';

/** Read wherever nothing else is named: the default of containerd 2.2 and later. */
const commonRoots = ['/etc/containerd/certs.d', '/etc/docker/certs.d'];
/** More than any configuration names. */
const mostRoots = 20;
const mostFaults = 500;

/**
 * Reads what the node below `root` says about containerd's pulls: the configuration of the first installation that is
 * there, and every directory of registries that it names. Files are read afresh; nothing in them makes it throw. Throws
 * only when this process or the machine is out of descriptors.
 */
export function readContainerd(root: string, candidates: readonly Installation[] = installations): ContainerdFacts {
	const present = candidates.find(({ configuration }) => readNodeFile(root, configuration).state !== 'missing');
	const installation = present ??
		candidates.at(-1) ?? { name: 'containerd', configuration: '/etc/containerd/config.toml' };
	const faults: NodeFault[] = [];
	const certificates = createCertificateCheck(root, faults);
	const registries =
		installation.registries === undefined ? undefined : readRegistries(root, installation.registries, faults);
	const files = readConfigFiles(root, installation.configuration, { certificates, registries, faults });
	const roots = rootsOf(files).map((path): [string, RegistryRoot] => {
		return [path, readRegistryRoot(posix.resolve('/', path), { root, certificates, registries, faults })];
	});
	return {
		installation: installation.name,
		configuration: installation.configuration,
		rewrites: installation.rewrites ?? false,
		files,
		registryRoots: new Map(roots),
		faults: faults.slice(0, mostFaults),
	};
}

/** Each directory of each list, and each list as one name, which it is for some versions. */
function rootsOf(files: readonly ConfigFile[]): string[] {
	const settings = files.flatMap(({ sections }) =>
		[...sections.values()].flatMap(({ configPath }) => configPath ?? []),
	);
	const named = settings.flatMap(({ value }) => [value, ...value.split(':')]).filter((path) => path !== '');
	return [...new Set([...commonRoots, ...named])].slice(0, mostRoots);
}
