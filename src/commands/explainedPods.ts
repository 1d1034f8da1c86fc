import { isDeepStrictEqual } from 'node:util';

import type { PodExplanation } from '../explain/podExplanation.ts';

/** The pods of this node whose images do not come, as they are now explained. */
export interface ExplainedPods {
	/** Worst first; at most as many as `mostExplained`. */
	readonly explanations: () => readonly PodExplanation[];
	/** Calls `listener` each time that what is said of a pod has changed, new evidence aside; gives what ends that. */
	onChange(listener: (explanations: readonly PodExplanation[]) => void): () => void;
}

/** The same for whoever explains. */
export interface ExplainedPodsWriter extends ExplainedPods {
	/** Takes over all that is said now. */
	publish(explanations: readonly PodExplanation[]): void;
}

/** Explanations that are kept. */
export const mostExplained = 200;

/** Nothing is explained yet. */
export function createExplainedPods(): ExplainedPodsWriter {
	const listeners = new Set<(explanations: readonly PodExplanation[]) => void>();
	let explained: readonly PodExplanation[] = [];
	return {
		explanations: () => explained,
		onChange(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		publish(explanations) {
			const before = explained.map(essence);
			explained = explanations.slice(0, mostExplained);
			if (isDeepStrictEqual(before, explained.map(essence))) return;
			for (const listener of listeners) listener(explained);
		},
	};
}

/** What is said, without what it rests on: that is seen anew all the time. */
function essence(explanation: PodExplanation): object {
	const { evidence: _, tries: __, ...others } = explanation;
	return others;
}
