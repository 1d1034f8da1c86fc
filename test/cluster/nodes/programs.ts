import { join } from 'node:path';
import { madeBy } from '../../kubernetes/parts.ts';

/** What a cluster has beside its API server; paths. */
export interface NodePrograms {
	/** Lies over the /usr of every node: kubelet, containerd, its shim, ctr. */
	readonly usr: string;
	readonly controllerManager: string;
	readonly scheduler: string;
	/** The only file of the pause image. */
	readonly pause: string;
}

/** Makes what is missing, which takes minutes the first time. Throws when it cannot. */
export function makeNodePrograms(): NodePrograms {
	const made = madeBy(join(import.meta.dirname, 'programs/build.sh'));
	return {
		usr: join(made, 'usr'),
		controllerManager: join(made, 'kube-controller-manager'),
		scheduler: join(made, 'kube-scheduler'),
		pause: join(made, 'pause'),
	};
}
