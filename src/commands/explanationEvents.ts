import type { EventWish } from '../cluster/event.ts';
import type { PodExplanation } from '../explain/podExplanation.ts';

/** The Events that explanations of this node's pods come to, in their order: those about pods, then those about the node. */
export function eventsOf(explanations: readonly PodExplanation[], node: string): readonly EventWish[] {
	const told = explanations.filter(({ cause, reason }) => cause !== 'unknown' || reason !== null);
	const ofNode = told.filter(({ cause }) => cause === 'node');
	return distinct([...told.map(ofPod), ...ofNode.map((explanation) => ofPath(explanation, node))]);
}

function ofPod(explanation: PodExplanation): EventWish {
	const { namespace, pod: name, uid, cause, reason } = explanation;
	return {
		regarding: { kind: 'Pod', namespace, name, uid },
		reason: 'ImagePullExplained',
		about: `${cause} ${reason ?? ''}`,
		note: noteOf(explanation),
	};
}

/** One for all pods that meet the same fault of the node's path. */
function ofPath(explanation: PodExplanation, node: string): EventWish {
	const { registry = '', host = registry, reason } = explanation;
	return {
		regarding: { kind: 'Node', name: node },
		reason: 'RegistryUnreachable',
		about: `${host} ${reason ?? ''}`,
		note: noteOf(explanation),
	};
}

/** The cause, and the first line of what to do about it. */
function noteOf({ summary, remedy }: PodExplanation): string {
	// What follows a colon stands on the next line.
	const first = (remedy.split('\n', 1)[0] ?? '').replace(/:$/, '.');
	return `${summary} ${first}`.trim();
}

/** Containers of one pod often wait for the same reason. */
function distinct(wishes: readonly EventWish[]): readonly EventWish[] {
	const keyOf = ({ regarding, reason, about }: EventWish) => JSON.stringify([regarding, reason, about]);
	return [...new Map(wishes.toReversed().map((wish) => [keyOf(wish), wish])).values()].toReversed();
}
