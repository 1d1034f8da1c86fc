import type { PodFacts } from '../cluster/pod.ts';
import type { PodEvent } from '../cluster/podEvent.ts';
import { explainStuck } from './diagnosis/explainStuck.ts';
import { pullingSince } from './diagnosis/silence.ts';
import { failingStates, quietStates } from './diagnosis/words.ts';
import type { PodExplanation } from './podExplanation.ts';

/** A pod as the API server tells of it. */
export interface SeenPod {
	readonly facts: PodFacts;
	/** The oldest first. */
	readonly events: readonly PodEvent[];
}

/**
 * Why a pod's images do not come, as far as the kubelet's words tell: what is left where no agent of its node can be asked.
 * `now` in milliseconds since the epoch.
 */
export function explainByWords({ facts, events }: SeenPod, now: number): readonly PodExplanation[] {
	const seenAt = now / 1000;
	const stuck = facts.waiting
		.filter(({ reason }) => failingStates.has(reason) || quietStates.has(reason))
		.map((waiting) => {
			const reference = facts.images.find(({ image }) => image === waiting.image)?.reference;
			const known = { pod: facts, waiting, events, seenAt, secretsRead: false };
			return { ...known, ...(reference && { reference }), tries: [], unusableSecrets: [], changed: [] };
		});
	return explainStuck(stuck, { states: [], verdicts: [], now }).map((explanation) => undated(explanation, seenAt));
}

/** Without events it is not known since when, and nothing else either that has changed. */
function undated({ since, changed, ...explanation }: PodExplanation, seenAt: number): PodExplanation {
	return since === seenAt
		? { ...explanation, changed: [] }
		: { ...explanation, changed, ...(since !== undefined && { since }) };
}

/** A container whose image is being pulled, without a word about how it goes. */
export interface QuietPull {
	readonly container: string;
	/** Seconds since the epoch. */
	readonly since: number;
}

/** The pulls of a pod that are under way as far as the kubelet's events tell. */
export function quietPulls({ facts, events }: SeenPod): readonly QuietPull[] {
	return facts.waiting
		.filter(({ reason }) => quietStates.has(reason))
		.flatMap(({ container }) => {
			const since = pullingSince(events, container);
			return since === undefined ? [] : [{ container, since }];
		});
}
