import { requestsIn, tableOf } from '../../../test/harmless/table.ts';
import { measured } from './measured.ts';

const page = 'docs/requests.md';
const roles = ['registry', 'token', 'redirect', 'blob'] as const;
const nodes = 1000;

/** What a node sends to one registry of the default configuration. */
export interface Traffic {
	readonly registry: string;
	/** Attempts an hour. */
	readonly attempts: number;
	/** Requests of one attempt, by their kind: `HEAD manifest`. */
	readonly requests: Readonly<Record<string, number>>;
	/** Hosts that one attempt connects to. */
	readonly hosts: number;
	/** Bytes of one attempt above TCP, both ways, estimated from what the bench counted. */
	readonly bytes: number;
}

/** The bytes of the layer that Docker Hub is asked for. */
const layerBytes = 2459;

/** What docs/requests.md says of 1,000 nodes, for one of them. */
export function defaultTraffic(): readonly Traffic[] {
	const each = new Map(tableOf(page, 'attempt', 'registry').map((row) => [row['attempt'], row]));
	return tableOf(page, 'name', 'attempt').map((row) => {
		const attempt = each.get(row['attempt']) ?? {};
		const byRole = roles.map((role) => Object.entries(requestsIn(attempt[role] ?? '')));
		const hosts = byRole.filter((requests) => requests.length > 0).length;
		const layers = byRole.at(-1)?.length ?? 0;
		const perHour = Number((row['attempts'] ?? '').replaceAll(',', '')) / nodes;
		const requests: Record<string, number> = {};
		for (const [kind, count] of byRole.flat()) requests[kind] = (requests[kind] ?? 0) + count;
		return {
			registry: row['name'] ?? '',
			attempts: perHour,
			requests,
			hosts,
			bytes: bytesOf(hosts) + layers * layerBytes,
		};
	});
}

/** One host with one request, and each further host with the requests that it brings. */
function bytesOf(hosts: number): number {
	const one = measured('wire', 'bytes above TCP, bare');
	const two = measured('wire', 'bytes above TCP, whole');
	return one + (hosts - 1) * (two - one);
}

/** The requests of one attempt, all together. */
export function requestsOf({ requests }: Traffic): number {
	return Object.values(requests).reduce((sum, count) => sum + count, 0);
}

/** Sums a figure of all registries over an hour. */
export function hourly(traffic: readonly Traffic[], figure: (one: Traffic) => number): number {
	return traffic.reduce((sum, one) => sum + one.attempts * figure(one), 0);
}
