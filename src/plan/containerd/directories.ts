import type { ContainerdFacts, CriSettings, HostDirectory } from '../../node/containerd/facts.ts';
import type { NodeFault } from '../../node/fault.ts';
import { printable } from '../../registry/redact.ts';
import type { Runtime } from '../pullHost.ts';
import { has } from './traits.ts';

/** Where a runtime looks for the hosts of a registry. */
export interface Directories {
	/** Paths as written. Absent where none is named: the older settings count then, if the pull mode knows them. */
	readonly roots?: readonly string[];
	/** Pulls go past the transfer service, as they all did before 2.1. */
	readonly localPull: boolean;
	readonly faults: readonly NodeFault[];
}

/** Built in since 2.2, compatible with Docker, and one name for the transfer service. */
const builtIn = '/etc/containerd/certs.d:/etc/docker/certs.d';

/** Which directories a runtime looks into, by version and pull mode. */
export function directoriesOf(
	facts: ContainerdFacts,
	settings: CriSettings | undefined,
	runtime: Runtime,
): Directories {
	const { version } = runtime;
	const localPull = runtime.localPull === true || !has(version, 'transfer') || pullsLocally(settings);
	const configured = settings?.configPath?.value ?? '';
	const path = configured || (has(version, 'defaultDirectories') && !settings?.mirrors.size ? builtIn : '');
	if (path === '') return { localPull, faults: unnamed(facts, version) };
	// An empty element would be the directory that containerd was started in, which is not known.
	if (localPull) return { roots: path.split(':').filter(Boolean), localPull, faults: [] };
	const lost = path.includes(':') && (configured !== '' || filled(facts, path.split(':')));
	const place = settings?.configPath?.value ? settings.configPath.place : { file: facts.configuration };
	return {
		roots: [path],
		localPull,
		faults: lost ? [{ ...place, fault: 'config_path_ignored', detail: asOneName(path) }] : [],
	};
}

const asOneName = (path: string) =>
	`containerd takes "${printable(path, 200)}" as the name of one directory, finds nothing there and asks the image's own registry. Name one directory, or set use_local_image_pull.`;

/** Settings that the transfer service does not know: any of them sends pulls the old way (`CheckLocalImagePullConfigs`). */
function pullsLocally(settings: CriSettings | undefined): boolean {
	if (!settings) return false;
	const { maxConcurrentDownloads: most, mirrors, configs, auths } = settings;
	return (
		settings.useLocalImagePull?.value === true ||
		settings.disableSnapshotAnnotations?.value === false ||
		settings.discardUnpackedLayers?.value === true ||
		settings.imagePullWithSyncFs?.value === true ||
		(most !== undefined && most.value !== 3) ||
		mirrors.size + configs.size + auths.size > 0
	);
}

function unnamed(facts: ContainerdFacts, version: string): NodeFault[] {
	const [file = ''] = builtIn.split(':');
	const detail = `containerd ${version} looks into this directory only where "config_path" names it.`;
	return filled(facts, [file]) ? [{ file, fault: 'setting_ignored', detail }] : [];
}

function filled({ registryRoots }: ContainerdFacts, paths: readonly string[]): boolean {
	return paths.some((path) => (registryRoots.get(path)?.directories.size ?? 0) > 0);
}

/** The directory of a registry: the first that is there counts alone, `_default` after those of its own name. */
export function directoryFor(
	{ registryRoots }: ContainerdFacts,
	roots: readonly string[],
	domain: string,
): HostDirectory | undefined {
	const colon = domain.lastIndexOf(':');
	const withoutColon = colon > 0 ? [`${domain.slice(0, colon)}_${domain.slice(colon + 1)}_`] : [];
	const names = [...withoutColon, domain, '_default'];
	for (const root of roots) {
		const directories = registryRoots.get(root)?.directories;
		const name = names.find((each) => directories?.has(each));
		if (name !== undefined) return directories?.get(name);
	}
	return undefined;
}
