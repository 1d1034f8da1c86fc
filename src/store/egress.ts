import type { Observation } from '../probe/observation.ts';

/** The identity that a registry counts this node's requests by. */
export interface Egress {
	readonly registry: string;
	readonly source: string;
	/** When the registry said so last, in milliseconds since the epoch. */
	readonly at: number;
}

/** How long an identity is kept after the registry last said it, in milliseconds: nodes can be grouped while their path is down. */
export const egressKept = 3_600_000;

/** The identity that the answers of one attempt name, if any. */
export function egressOf({ registry, records, startedAt, seconds }: Observation): Egress | undefined {
	const source = records.map(({ facts }) => sourceIn(facts?.['ratelimit'])).findLast((said) => said !== undefined);
	return source === undefined ? undefined : { registry, source, at: startedAt + seconds * 1000 };
}

function sourceIn(ratelimit: unknown): string | undefined {
	if (typeof ratelimit !== 'object' || ratelimit === null || !('source' in ratelimit)) return undefined;
	return typeof ratelimit.source === 'string' && ratelimit.source !== '' ? ratelimit.source : undefined;
}
