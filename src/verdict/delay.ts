import type { Observation, StageRecord } from '../probe/observation.ts';
import type { Reason } from '../reasons/reason.ts';
import { addressSeconds } from './addressDelay.ts';
import { connections, dialSeconds, handshakeSeconds, type Manner } from './manner.ts';
import { familySeconds, nameserverSeconds } from './nameDelay.ts';
import { failureOf, type Tried } from './walked.ts';

/** What a pull loses time to: values of the label `cause`. */
export type DelayCause = 'dead_address' | 'dead_nameserver' | 'dropped_family' | 'dead_mirror' | 'retry';

export interface Served {
	/** The host that gives the layers. */
	readonly source: Tried;
	/** The host that gives the manifest. */
	readonly resolver: Tried;
	/** In the runtime's order. */
	readonly tried: readonly Tried[];
	readonly manner: Manner;
}

/**
 * Seconds that a pull of an image with one layer loses before it succeeds, by cause; causes that cost nothing are left
 * out. An image with more layers loses more where a mirror is dead.
 */
export function delaysOf(served: Served): Readonly<Partial<Record<DelayCause, number>>> {
	const { source, resolver } = served;
	const used = resolver === source ? [source] : [resolver, source];
	const names = (cost: (record: StageRecord) => number, stage: StageRecord['stage']) =>
		used.reduce((sum, { latest }) => sum + perConnection(latest, stage, cost), 0);
	const all: Record<DelayCause, number> = {
		dead_address: names(addressSeconds, 'tcp'),
		dead_nameserver: names(nameserverSeconds, 'dns'),
		dropped_family: names(familySeconds, 'dns'),
		...mirrorSeconds(served),
	};
	return Object.fromEntries(Object.entries(all).filter(([, seconds]) => seconds > 0));
}

function perConnection({ records }: Observation, stage: string, cost: (record: StageRecord) => number): number {
	return records
		.filter((record) => record.stage === stage && record.outcome === 'success')
		.reduce((sum, record) => sum + cost(record) * connections[record.role], 0);
}

/** What the hosts cost that are asked in vain before the one that serves. */
function mirrorSeconds({ source, resolver, tried, manner }: Served): Record<'dead_mirror' | 'retry', number> {
	let [dead, retry] = [0, 0];
	for (const one of tried.slice(0, tried.indexOf(source))) {
		const times = timesAsked(one, resolver, tried, manner);
		dead += times * lostAt(one, manner);
		if (failureOf(one.latest)?.reason === 'rate_limited') retry += times * manner.limitedSeconds;
	}
	return { dead_mirror: dead, retry };
}

/** How often a host is asked in vain: for the tag where it may resolve one, and for manifest, configuration and layer. */
function timesAsked(one: Tried, resolver: Tried, tried: readonly Tried[], { objects }: Manner): number {
	if (objects === 'one') return tried.indexOf(one) < tried.indexOf(resolver) ? 1 : 0;
	const failure = failureOf(one.latest);
	// Manifest and configuration come from it; the layer does not.
	if (failure && (failure.stage === 'blob' || failure.role === 'blob')) return 1;
	const resolves = one.target.capabilities.includes('resolve') && tried.indexOf(one) < tried.indexOf(resolver);
	return resolves ? 4 : 3;
}

/** Seconds until the runtime gives up on a host once. Refusals cost nothing. */
function lostAt({ target, latest }: Tried, { headSeconds }: Manner): number {
	const failure = failureOf(latest);
	if (!failure) return 0;
	const dial = target.dialTimeout ?? dialSeconds;
	const costs: Partial<Record<Reason, number>> = {
		tcp_timeout: dial,
		dns_timeout: Math.min(dial, nameserverSeconds(failure)),
		tls_timeout: handshakeSeconds,
		tls_large_hello_blocked: handshakeSeconds,
		proxy_timeout: handshakeSeconds * 6,
		http_timeout: headSeconds ?? 0,
	};
	return costs[failure.reason] ?? 0;
}
