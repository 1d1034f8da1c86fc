import type { Target } from '../../plan/target.ts';
import type { Observation } from '../../probe/observation.ts';
import type { PullVerdict } from '../../verdict/pullVerdict.ts';

/** One target and what an attempt on it found. */
export interface Checked {
	readonly target: Target;
	readonly observation: Observation;
}

/** What `check` has to tell. */
export interface Report {
	readonly node: string;
	readonly checked: readonly Checked[];
	readonly pulls: readonly PullVerdict[];
	/** Milliseconds since the epoch. */
	readonly now: number;
}
