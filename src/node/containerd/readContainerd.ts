import { posix } from 'node:path';

import { createCertificateCheck } from './certificates.ts';
import { readConfigFiles } from './configFiles.ts';
import type { ConfigFile, ContainerdFacts, RegistryRoot } from './facts.ts';
import { type ConfigurationPlace, configurationPlaces, plainContainerd } from './configurationPlaces.ts';
import { type NodeReader, createNodeReader } from './nodeReader.ts';
import { readRegistries } from './registriesYaml.ts';
import { readRegistryRoot } from './registryRoots.ts';

/** Read wherever nothing else is named: the default of containerd 2.2 and later. */
const commonRoots = ['/etc/containerd/certs.d', '/etc/docker/certs.d'];
/** More than any configuration names. */
const mostRoots = 20;
const mostFaults = 500;
const mostPaths = 2000;

/**
 * Reads what the node below `root` says about containerd's pulls: the configuration of the first installation that is
 * there, and every directory of registries that it names. Files are read afresh; nothing in them makes it throw. Throws
 * only when this process or the machine is out of descriptors.
 */
export function readContainerd(
	root: string,
	candidates: readonly ConfigurationPlace[] = configurationPlaces,
): ContainerdFacts {
	const reader = createNodeReader(root);
	const { name, configuration, rewrites = false, ...installation } = installationOf(reader, candidates);
	const certificates = createCertificateCheck(reader);
	const registries =
		installation.registries === undefined ? undefined : readRegistries(reader, installation.registries);
	const files = readConfigFiles(reader, configuration, { certificates, registries });
	const roots = rootsOf(files).map((path): [string, RegistryRoot] => {
		return [path, readRegistryRoot(posix.resolve('/', path), { reader, certificates, registries })];
	});
	const paths = [...reader.paths].slice(0, mostPaths);
	const faults = [...new Map(reader.faults.map((fault) => [JSON.stringify(fault), fault])).values()].slice(
		0,
		mostFaults,
	);
	return { installation: name, configuration, rewrites, files, registryRoots: new Map(roots), paths, faults };
}

/** The first whose file is there; the last where there is none. */
function installationOf(reader: NodeReader, candidates: readonly ConfigurationPlace[]): ConfigurationPlace {
	const present = candidates.find(({ configuration }) => reader.file(configuration).state !== 'missing');
	return present ?? candidates.at(-1) ?? plainContainerd;
}

/** Each directory of each list, and each list as one name, which it is for some versions. */
function rootsOf(files: readonly ConfigFile[]): string[] {
	const settings = files.flatMap(({ sections }) =>
		[...sections.values()].flatMap(({ configPath }) => configPath ?? []),
	);
	const named = settings.flatMap(({ value }) => [value, ...value.split(':')]).filter((path) => path !== '');
	return [...new Set([...commonRoots, ...named])].slice(0, mostRoots);
}
