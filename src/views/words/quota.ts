import type { Observation } from '../../probe/observation.ts';
import { numberOf, partOf, textOf } from './facts.ts';

/** What a registry says about the pulls that are left. */
export interface Quota {
	readonly limit?: number;
	readonly remaining?: number;
	/** Seconds in which the limit holds. */
	readonly windowSeconds?: number;
	/** The identity that the registry counts. */
	readonly source?: string;
}

/** Under this share of the limit, a quota is worth a warning. */
export const lowQuota = 0.2;

/** The quota that the last answer of an attempt named, if any did. */
export function quotaOf({ records }: Pick<Observation, 'records'>): Quota | undefined {
	const said = records.findLast(({ facts }) => partOf(facts, 'ratelimit') !== undefined);
	const ratelimit = partOf(said?.facts, 'ratelimit');
	if (!ratelimit) return undefined;
	const limit = numberOf(ratelimit, 'limit');
	const remaining = numberOf(ratelimit, 'remaining');
	const windowSeconds = numberOf(ratelimit, 'windowSeconds');
	const source = textOf(ratelimit, 'source');
	return {
		...(limit !== undefined && { limit }),
		...(remaining !== undefined && { remaining }),
		...(windowSeconds !== undefined && { windowSeconds }),
		...(source !== undefined && { source }),
	};
}

/** The share that is left, 0 to 1, where it can be known. */
export function shareLeft({ limit, remaining }: Quota): number | undefined {
	if (remaining === 0) return 0;
	return limit === undefined || remaining === undefined || limit <= 0 ? undefined : Math.min(1, remaining / limit);
}
