import type { PodFacts, Waiting } from '../cluster/pod.ts';
import { failingStates, quietStates } from '../explain/diagnosis/words.ts';
import type { Reference } from '../registry/reference.ts';

/** A container that waits for its image, or may do so. */
export interface Suspect {
	readonly key: string;
	readonly pod: PodFacts;
	readonly waiting: Waiting;
	readonly reference?: Reference;
	/** It waits without any error. */
	readonly quiet: boolean;
}

/** Containers that are looked at; those that fail come first. */
const mostSuspects = 200;

/** The containers of these pods that wait for an image. A quiet one whose image the runtime has waits for something else. */
export function suspectsAmong(pods: readonly PodFacts[]): readonly Suspect[] {
	const all = pods.flatMap((pod) => pod.waiting.flatMap((waiting) => suspectIn(pod, waiting) ?? []));
	return all.toSorted((a, b) => Number(a.quiet) - Number(b.quiet)).slice(0, mostSuspects);
}

function suspectIn(pod: PodFacts, waiting: Waiting): Suspect | undefined {
	const quiet = quietStates.has(waiting.reason);
	const image = pod.images.find((one) => one.image === waiting.image);
	if (quiet ? image?.pulled !== false : !failingStates.has(waiting.reason)) return undefined;
	const { reference } = image ?? {};
	return { key: `${pod.uid} ${waiting.container}`, pod, waiting, quiet, ...(reference && { reference }) };
}
