import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { printable } from '../../registry/redact.ts';
import { readBelow } from '../nodeFile.ts';
import { resolveBelow } from '../root.ts';
import { configuredEndpoint, endpointFiles } from './endpoint.ts';
import { type Distribution, type Installation, installations } from './installations.ts';
import { installedPackage } from './packages.ts';
import { type NodeProcess, processesNamed } from './processes.ts';
import { programVersion } from './programVersion.ts';
import { plainVersion } from './version.ts';

/** The container runtime of a node, by whose rules its pulls go. */
export interface DetectedRuntime {
	readonly name: 'containerd' | 'cri-o';
	/** `2.4.2`. */
	readonly version: string;
	readonly distribution: Distribution;
	/** How name and version are known, for people: `configuration`, `/usr/bin/containerd`, `/var/lib/dpkg/status`. */
	readonly source: string;
	/** Whether the node shows such a runtime: its process, or its program. */
	readonly present: boolean;
	/** Its process, where the node's /proc is below the root. */
	readonly process?: NodeProcess;
	/** Whose change may change this answer, as paths on the node. */
	readonly files: readonly string[];
}

/** The newest containerd whose rules we know; it stands in where a node does not say what it runs. */
const newestContainerd = '2.4.2';
/** CRI-O writes its version there when it starts (`version_file` and `version_file_persist` of crio.conf(5)). */
const crioVersionFiles = ['/run/crio/version', '/var/lib/crio/version'];

/**
 * The runtime of the node below `root`. `configured` is the setting `node.runtime`: `auto`, or name and version, which
 * then hold. Otherwise a running process says which runtime it is, then the kubelet's configuration, then which program
 * is installed; the version comes from the program file, which is read and never run, or from the node's packages.
 * Throws only when this process is out of descriptors.
 */
export function readRuntime(root: string, configured: string): DetectedRuntime {
	const [name, version] = configured === 'auto' ? [] : configured.split('/', 2);
	const wanted = name === 'containerd' || name === 'cri-o' ? name : undefined;
	const running = findRunning(root, wanted);
	const installation = running?.installation ?? findInstalled(root, wanted);
	const { process } = running ?? {};
	const common = {
		distribution: installation?.distribution ?? ('plain' as const),
		present: installation !== undefined,
		...(process && { process }),
		files: filesOf(process),
	};
	if (wanted && version !== undefined) return { name: wanted, version, source: 'configuration', ...common };
	if (!installation) {
		const source = 'assumed: the node shows no runtime below its root';
		return { name: 'containerd', version: newestContainerd, source, ...common };
	}
	return { name: installation.name, ...versionOf(root, installation, process), ...common };
}

function filesOf(process: NodeProcess | undefined): string[] {
	const programs = installations.flatMap(({ binaries }) => binaries);
	return [...programs, ...crioVersionFiles, ...endpointFiles, ...(process ? [`/proc/${process.pid}`] : [])];
}

interface Running {
	readonly installation: Installation;
	readonly process: NodeProcess;
}

/** A containerd that Docker has started for itself pulls nothing for Kubernetes. */
const isDockers = ({ arguments: words }: NodeProcess) => words.some((word) => word.includes('/docker/containerd/'));

function findRunning(root: string, wanted?: string): Running | undefined {
	const commands = { containerd: 'containerd', 'cri-o': 'crio' } as const;
	const known = installations.filter(({ name }) => wanted === undefined || name === wanted);
	const names = [...new Set(known.map(({ name }) => commands[name]))];
	const processes = processesNamed(root, names).filter((process) => !isDockers(process));
	const found = known.flatMap((installation) => {
		const process = processes.find((one) => belongsTo(one, installation));
		return process ? [{ installation, process }] : [];
	});
	const asked = configuredEndpoint(root);
	return found.find(({ installation }) => installation.name === asked) ?? found[0];
}

function belongsTo(process: NodeProcess, { mark, units }: Installation): boolean {
	const { unit, executable, arguments: words } = process;
	return (
		(unit !== undefined && units.includes(unit)) || [executable, ...words].some((word) => `/${word}`.includes(mark))
	);
}

function findInstalled(root: string, wanted?: string): Installation | undefined {
	const found = installations.filter(
		({ name, binaries }) => (wanted === undefined || name === wanted) && binaries.some((path) => isThere(root, path)),
	);
	const asked = configuredEndpoint(root);
	return found.find(({ name }) => name === asked) ?? found[0];
}

function versionOf(
	root: string,
	installation: Installation,
	process?: NodeProcess,
): { version: string; source: string } {
	const { name, binaries, packages } = installation;
	for (const file of name === 'cri-o' ? crioVersionFiles : []) {
		const version = plainVersion((readBelow(root, file, 1000) ?? '').replaceAll('"', '').trim());
		if (version !== undefined) return { version, source: file };
	}
	// The process's own file, also where an upgrade has since put another in its place.
	const own = process && { file: join(root, 'proc', String(process.pid), 'exe'), source: process.executable };
	const files = binaries.map((path) => ({ file: pathBelow(root, path), source: path }));
	for (const { file, source } of own ? [own, ...files] : files) {
		const version = programVersion(file, name);
		if (version !== undefined) return { version, source: printable(source ?? `process ${process?.pid}`) };
	}
	const found = installedPackage(root, packages);
	const version = plainVersion(found?.version ?? '');
	if (found && version !== undefined)
		return { version, source: printable(`${found.file} (${found.name} ${found.version})`) };
	return { version: newestOf[name], source: `assumed: ${name} is there, but no file says which version it is` };
}

const newestOf = { containerd: newestContainerd, 'cri-o': '1.37.0' } as const;

function isThere(root: string, path: string): boolean {
	return existsSync(pathBelow(root, path));
}

function pathBelow(root: string, path: string): string {
	try {
		return resolveBelow(root, path);
	} catch {
		// Links that go round lead nowhere.
		return join(root, path);
	}
}
