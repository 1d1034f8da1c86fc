import { isRecord } from '../../registry/json.ts';
import { type PodFacts, readPod } from '../pod.ts';
import { type PodEvent, readPodEvent } from '../podEvent.ts';
import { ApiFailure, asFailure } from '../apiFailure.ts';
import { listAll } from './listAll.ts';
import type { RemoteApi } from './remoteApi.ts';

/** A pod as the API server and the kubelet tell of it. */
export interface PodSight {
	readonly facts: PodFacts;
	/** Absent as long as it is not scheduled. */
	readonly node?: string;
	/** `Pending`, `Running`, `Succeeded`. */
	readonly phase: string;
	/** The oldest first. */
	readonly events: readonly PodEvent[];
	/** Why there are no events, where they could not be read. */
	readonly eventsMissing?: string;
}

const mostOfPod = 4 * 1024 * 1024;
const mostEvents = 500;

/** A pod and what was told of it. Throws `ApiFailure`, with status 404 where there is no such pod. */
export async function podSight(
	api: RemoteApi,
	namespace: string,
	name: string,
	signal: AbortSignal,
): Promise<PodSight> {
	const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
	const pod = await api.get(path, { signal, most: mostOfPod });
	const facts = readPod(pod);
	if (!facts) throw new ApiFailure('the answer is no pod');
	const { spec, status } = isRecord(pod) ? pod : {};
	const node = isRecord(spec) && typeof spec['nodeName'] === 'string' ? spec['nodeName'] : '';
	const phase = isRecord(status) && typeof status['phase'] === 'string' ? status['phase'] : '';
	return { facts, phase, ...(node !== '' && { node }), ...(await eventsOf(api, facts, signal)) };
}

/** Who may not read events does without them. */
async function eventsOf(
	api: RemoteApi,
	{ namespace, name, uid }: PodFacts,
	signal: AbortSignal,
): Promise<Pick<PodSight, 'events' | 'eventsMissing'>> {
	const fieldSelector = `involvedObject.kind=Pod,involvedObject.name=${name},involvedObject.uid=${uid}`;
	const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`;
	try {
		const events = await listAll(api, path, { query: new URLSearchParams({ fieldSelector }), signal });
		const read = events.slice(-mostEvents).flatMap((event) => readPodEvent(event) ?? []);
		return { events: read.toSorted((a, b) => a.lastAt - b.lastAt) };
	} catch (error) {
		return { events: [], eventsMissing: asFailure(error).message };
	}
}
