import type { Access } from './controlPlane.ts';
import { namespace, type PodWorld } from './podWorld.ts';
import { askServer } from './request.ts';

/** A pull that failed. */
export interface FailedPull {
	readonly image: string;
	/** What the runtime has told the kubelet. */
	readonly text: string;
	readonly pullSecrets?: readonly string[];
	/** How often the kubelet has tried. */
	readonly tries?: number;
}

/** Writes a pod whose image does not come as a kubelet of 1.36 does: the container's state, and events. */
export async function failPull(world: PodWorld, name: string, pull: FailedPull): Promise<void> {
	const { image, text, pullSecrets = [], tries = 3 } = pull;
	const waiting = { reason: 'ErrImagePull', message: text };
	await world.createPod(name, { image, pulled: false, waiting, pullSecrets });
	const { access } = world.plane;
	const { body } = await askServer(access, `/api/v1/namespaces/${namespace}/pods/${name}`, { method: 'GET' });
	const { metadata } = JSON.parse(body) as { readonly metadata: { readonly uid: string } };
	const write = (reason: string, message: string) =>
		writeEvent(access, { name, uid: metadata.uid, reason, message, tries });
	await write('Pulling', `Pulling image "${image}"`);
	await write('Failed', `Failed to pull image "${image}": ${text}`);
	await write('Failed', 'Error: ErrImagePull');
}

interface Written {
	readonly name: string;
	readonly uid: string;
	readonly reason: string;
	readonly message: string;
	readonly tries: number;
}

async function writeEvent(access: Access, { name, uid, reason, message, tries }: Written): Promise<void> {
	const path = `/api/v1/namespaces/${namespace}/events`;
	const involvedObject = { apiVersion: 'v1', kind: 'Pod', namespace, name, uid, fieldPath: 'spec.containers{app}' };
	const event = {
		apiVersion: 'v1',
		kind: 'Event',
		metadata: { generateName: `${name}.`, namespace },
		involvedObject,
		reason,
		message: message.slice(0, 1024),
		type: reason === 'Failed' ? 'Warning' : 'Normal',
		source: { component: 'kubelet', host: 'node-a' },
		firstTimestamp: secondsAgo(600),
		lastTimestamp: secondsAgo(5),
		count: tries,
	};
	const answer = await askServer(access, path, { method: 'POST', body: event });
	if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${answer.body}`);
}

/** As the API has times: whole seconds. */
function secondsAgo(seconds: number): string {
	return new Date(Date.now() - seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}
