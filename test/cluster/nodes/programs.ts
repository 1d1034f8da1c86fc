import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cache } from '../../kubernetes/parts.ts';

/** What a cluster has beside its API server; paths. */
export interface NodePrograms {
	/** Lies over the /usr of every node: kubelet, containerd, its shim, ctr. */
	readonly usr: string;
	readonly controllerManager: string;
	readonly scheduler: string;
	/** The only file of the pause image. */
	readonly pause: string;
}

/** Makes what is missing, which takes minutes the first time. Throws when it cannot; the recipe has then said why. */
export function makeNodePrograms(): NodePrograms {
	const recipe = join(import.meta.dirname, 'programs/build.sh');
	const { status, stdout } = spawnSync(recipe, [cache], { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
	if (status !== 0) throw new Error('the programs of a node cannot be made; see above');
	const made = stdout.trim();
	return {
		usr: join(made, 'usr'),
		controllerManager: join(made, 'kube-controller-manager'),
		scheduler: join(made, 'kube-scheduler'),
		pause: join(made, 'pause'),
	};
}
