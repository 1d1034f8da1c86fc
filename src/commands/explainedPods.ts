import type { PodExplanation } from '../explain/podExplanation.ts';

/** The pods of this node whose images do not come, as they are now explained. */
export interface ExplainedPods {
	/** Worst first; at most as many as `mostExplained`. */
	explanations(): readonly PodExplanation[];
	/** Calls `listener` each time that they have changed; gives what ends that. */
	onChange(listener: (explanations: readonly PodExplanation[]) => void): () => void;
}

/** Explanations that are kept. */
export const mostExplained = 200;
