import type { Target } from '../plan/target.ts';
import type { Observation, StageRecord } from '../probe/observation.ts';

/** A target and what is known of it; nothing before its first attempt ended. */
export interface Walked {
	readonly target: Target;
	readonly latest?: Observation;
}

/** A target that was tried. */
export interface Tried extends Walked {
	readonly latest: Observation;
}

export type Failure = StageRecord & { readonly outcome: 'failure' };

/** Where an attempt ended. */
export function failureOf({ records }: Observation): Failure | undefined {
	return records.find((record) => record.outcome === 'failure');
}

/** Whether the host gives the manifest, whatever becomes of the layers. */
export function givesManifest(observation: Observation): boolean {
	const failure = failureOf(observation);
	return failure ? failure.stage === 'blob' || failure.role === 'blob' : observation.success;
}
