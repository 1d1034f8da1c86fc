import { loadConfig } from '../../src/config/load.ts';
import { planTargets } from '../../src/plan/planTargets.ts';
import type { Target } from '../../src/plan/target.ts';
import type { Image } from '../fakes/image.ts';

/** The plan of an agent that nobody has configured. */
export async function defaultPlan(): Promise<readonly Target[]> {
	return planTargets(await loadConfig({ environment: { NODE_NAME: 'node-1' } }));
}

/** The host of Docker Hub as it is dialled. */
export const hubHost = 'registry-1.docker.io';

/**
 * The default target of docker.io, on the port of a server that stands in for it. Its layer is the stand-in's first:
 * nobody has bytes of our own for the digest of the real one.
 */
export async function hubTarget(port: number, { layers }: Image): Promise<Target> {
	const [hub] = await defaultPlan();
	const digest = layers[0]?.digest;
	if (hub?.registry !== 'docker.io' || !hub.blob || digest === undefined) throw new TypeError('no target of docker.io');
	return { ...hub, endpoint: { ...hub.endpoint, port }, blob: { ...hub.blob, digest }, timeout: 2, attemptTimeout: 10 };
}
