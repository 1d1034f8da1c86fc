import type { ApiAccess } from './access.ts';
import { list } from './list.ts';
import type { PodFacts } from './pod.ts';
import { type PodEvent, readPodEvent } from './podEvent.ts';

/** Events of one pod that are looked at. The kubelet has a handful of kinds and counts how often each happened. */
const mostEvents = 100;

/** The kubelet's events about a pod, oldest first. Throws `ApiFailure`. */
export async function podEvents(
	access: ApiAccess,
	{ namespace, uid }: Pick<PodFacts, 'namespace' | 'uid'>,
	signal: AbortSignal,
): Promise<readonly PodEvent[]> {
	const selector = encodeURIComponent(`involvedObject.uid=${uid}`);
	const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/events?fieldSelector=${selector}`;
	const { objects } = await list(access, { path, trim: readPodEvent, most: mostEvents }, signal);
	return objects.toSorted((a, b) => a.lastAt - b.lastAt);
}
