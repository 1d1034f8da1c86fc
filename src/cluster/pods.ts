import type { ApiAccess } from './access.ts';
import { follow, type Followers, type FollowOptions } from './follow.ts';
import { type PodFacts, readPod } from './pod.ts';

/** Pods that are looked at: more than any node runs. */
const mostPods = 500;

/** Follows the pods of one node that have not ended. Resolves when the signal ends it. */
export function followPods(
	access: ApiAccess,
	node: string,
	followers: Followers<PodFacts>,
	options: FollowOptions,
): Promise<void> {
	const selector = [`spec.nodeName=${escaped(node)}`, 'status.phase!=Succeeded', 'status.phase!=Failed'].join();
	const path = `/api/v1/pods?fieldSelector=${encodeURIComponent(selector)}`;
	return follow(access, { path, trim: readPod, most: mostPods }, followers, options);
}

/** A value in a field selector (https://pkg.go.dev/k8s.io/apimachinery/pkg/fields#EscapeValue). */
function escaped(value: string): string {
	return value.replace(/[\\,=]/g, '\\$&');
}
