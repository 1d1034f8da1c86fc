import type { ContainerdFacts } from './containerd/facts.ts';
import type { CrioFacts } from './crio/facts.ts';
import { type RuntimeEnvironment, readRuntimeEnvironment } from './environment/environment.ts';
import type { AuthFile } from './crio/authFiles.ts';
import { watchedFiles } from './watchedFiles.ts';
import { type DetectedRuntime, readRuntime } from './runtime/runtime.ts';

/** What a node says about its own pulls, before any rule of a runtime is applied. */
export interface NodeFacts {
	readonly runtime: DetectedRuntime;
	readonly environment: RuntimeEnvironment;
	/** Present where the runtime is containerd, or none was found. */
	readonly containerd?: ContainerdFacts;
	/** Present where the runtime is CRI-O. */
	readonly crio?: CrioFacts & { readonly logins: readonly AuthFile[] };
	/** The files and directories that all of it came from, there or not: to be watched for changes. */
	readonly paths: readonly string[];
}

/**
 * Reads the node below `root`; `configured` is the setting `node.runtime`. Only the readers of the runtime that is there
 * are loaded. Rejects only when this process is out of descriptors.
 */
export async function readNode(root: string, configured: string): Promise<NodeFacts> {
	const runtime = readRuntime(root, configured);
	const environment = readRuntimeEnvironment(root, runtime);
	const common = { runtime, environment };
	const files = [...runtime.files, ...environment.files];
	if (runtime.name === 'cri-o') {
		const { readCrioNode } = await import('./crio/readCrioNode.ts');
		const { paths, ...crio } = readCrioNode(root);
		return { ...common, crio, paths: [...files, ...watchedFiles(root, paths)] };
	}
	const { readContainerd } = await import('./containerd/readContainerd.ts');
	const containerd = readContainerd(root);
	return { ...common, containerd, paths: [...files, ...containerd.paths] };
}
