import type { PathStage } from '../../reasons/explanation.ts';
import type { Cause } from '../podExplanation.ts';

/** Whose fault a reason is, and whether one node can tell. */
export interface CauseRule {
	readonly cause: Cause;
	/**
	 * When a probe of one node proves the cause. `alone`: whenever it meets the fault. `clock`: when the node's clock is known
	 * to be right. `words`: when the kubelet says the same, or the probe showed the pod's own login. `others`: never, only a
	 * look from other nodes would.
	 */
	readonly proof: 'alone' | 'clock' | 'words' | 'others';
	/** Stages at which the proof holds; absent: all. */
	readonly at?: readonly PathStage[];
	/** Where all registries fail so, of several owners, it is this node's way out. */
	readonly spreads?: true;
	/** Why, in one line. */
	readonly why: string;
}
