import type { Blame } from '../../src/verdict/pullVerdict.ts';

/** One registry as an agent's observations have it. */
export interface FleetPull {
	readonly registry: string;
	readonly host?: string;
	readonly blame?: Omit<Blame, 'host'>;
	/** The host that fails, where it is another than the registry's. */
	readonly peer?: string;
	readonly ratelimit?: Readonly<Record<string, unknown>>;
	readonly delaySeconds?: number;
}

/** An observations document (docs/observations.schema.json) of a node on which these pulls succeed, or fail as blamed. */
export function observationsOf(node: string, pulls: readonly FleetPull[]): object {
	return {
		version: 1,
		node,
		pulls: pulls.map(({ registry, host = registry, blame, delaySeconds }) => ({
			registry,
			image: `${registry}/library/busybox:latest`,
			success: !blame,
			...(delaySeconds !== undefined && { delaySeconds }),
			...(blame ? { blame: { host, ...blame } } : { via: host }),
		})),
		observations: pulls.map((pull) => observationOf(pull)),
	};
}

function observationOf({ registry, host = registry, blame, peer = host, ratelimit }: FleetPull): object {
	const facts = ratelimit ? { facts: { status: 200, ratelimit } } : {};
	const manifest = { role: 'registry', stage: 'manifest', peer: host, seconds: 0.01, outcome: 'success', ...facts };
	const failed = blame && { ...blame, peer, seconds: 10, outcome: 'failure', detail: 'as simulated' };
	return {
		registry,
		host,
		image: `${registry}/library/busybox:latest`,
		startedAt: '2026-11-21T10:00:00.000Z',
		seconds: 0.2,
		success: !blame,
		records: [...(failed && !ratelimit ? [] : [manifest]), ...(failed ? [failed] : [])],
	};
}
