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

/**
 * Where a pull would end: where the attempt did; or at the manifest, where the registry says that nothing is left of the
 * quota. The attempt takes nothing of it then and succeeds, a pull would be refused.
 */
export function failureOf({ success, records }: Observation): Failure | undefined {
	// A success can still show a failing record: one of a blob that is not asked for while the quota is low.
	const failure = success ? undefined : records.find((record) => record.outcome === 'failure');
	if (failure) return failure;
	const empty = records.find((record) => record.stage === 'manifest' && isExhausted(record));
	if (!empty) return undefined;
	return { ...empty, outcome: 'failure', reason: 'rate_limited', detail: 'nothing is left of the quota' };
}

/** Seconds that a quota's window lasts at least: a shorter one is over before the pull is tried again. */
const leastWindow = 60;

function isExhausted({ facts }: StageRecord): boolean {
	const quota = facts?.['ratelimit'] as { readonly remaining?: number; readonly windowSeconds?: number } | undefined;
	return quota?.remaining === 0 && (quota.windowSeconds ?? leastWindow) >= leastWindow;
}

/** Whether the host gives the manifest and the layers. */
export function gives(observation: Observation): boolean {
	return observation.success && failureOf(observation) === undefined;
}

/** Whether the host gives the manifest, whatever becomes of the layers. */
export function givesManifest(observation: Observation): boolean {
	const failure = failureOf(observation);
	return failure ? failure.stage === 'blob' || failure.role === 'blob' : observation.success;
}
