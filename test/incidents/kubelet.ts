import type { ApiObject, ClusterApi } from '../fakes/clusterApi.ts';

/** A pod whose image does not come, as the kubelet tells of it. */
export interface StuckPod {
	readonly name: string;
	readonly namespace: string;
	readonly image: string;
	readonly node: string;
	/** Of the container. */
	readonly state: string;
	/** Why, in the kubelet's words; empty where the pull hangs. */
	readonly words: string;
	/** Seconds since it first tried. */
	readonly since: number;
	readonly pullSecret?: string;
}

/** Writes the pod, its status and its events, as kubelet 1.36 does. */
export function tellOf(api: ClusterApi, pod: StuckPod): void {
	const { name, namespace, image, node, pullSecret } = pod;
	const waiting = { reason: pod.state, ...(messageOf(pod) !== '' && { message: messageOf(pod) }) };
	api.put('pods', {
		metadata: { name, namespace },
		spec: {
			nodeName: node,
			containers: [{ name: 'app', image }],
			...(pullSecret !== undefined && { imagePullSecrets: [{ name: pullSecret }] }),
		},
		status: {
			phase: 'Pending',
			containerStatuses: [{ name: 'app', image, imageID: '', ready: false, restartCount: 0, state: { waiting } }],
		},
	});
	for (const event of eventsOf(pod)) api.put('events', event);
}

function messageOf({ state, image, words }: StuckPod): string {
	return state === 'ImagePullBackOff' ? `Back-off pulling image "${image}": ErrImagePull: ${words}` : words;
}

function eventsOf(pod: StuckPod): readonly ApiObject[] {
	const { image, state, words, since } = pod;
	const pulling = event(pod, 'Pulling', `Pulling image "${image}"`, since, words === '' ? since : 60);
	if (words === '') return [pulling];
	if (state === 'InvalidImageName') return [event(pod, 'InspectFailed', words, since, 20)];
	if (state === 'ErrImageNeverPull') return [event(pod, 'ErrImageNeverPull', words, since, 20)];
	return [
		pulling,
		event(pod, 'Failed', `Failed to pull image "${image}": ${words}`, since - 1, 59),
		event(pod, 'Failed', 'Error: ErrImagePull', since - 1, 59),
		event(pod, 'BackOff', `Back-off pulling image "${image}"`, since - 2, 20),
	];
}

let events = 0;

function event({ name, namespace }: StuckPod, reason: string, message: string, first: number, last: number): ApiObject {
	const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
	const uid = `uid-${namespace}-${name}`;
	return {
		metadata: { name: `${name}.${(++events).toString(16)}`, namespace },
		involvedObject: { kind: 'Pod', namespace, name, uid, fieldPath: 'spec.containers{app}' },
		reason,
		message: message.slice(0, 1024),
		source: { component: 'kubelet' },
		count: first === last ? 1 : 5,
		firstTimestamp: ago(first),
		lastTimestamp: ago(last),
	};
}
