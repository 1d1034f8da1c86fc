import { orNone, type Selector } from './promql.ts';

const place = 'cluster, node, registry, host, role';

/**
 * What the last attempts broke in, with the host that is to blame as `peer`. While agents report and nothing is broken
 * there is one row that says so. `registry` is a matcher.
 */
export function broken(nodes: Selector, registry: string): string {
	return orNone(failures(nodes, registry), nodes, { reason: 'nothing is broken' });
}

/** For each row of `broken` the seconds since its host last was well. Nothing where that never was. */
export function brokenFor(nodes: Selector, registry: string): string {
	const since = `time() - max by (cluster, node, registry, host) (${nodes('last_success_timestamp_seconds', registry)})`;
	return `(${since}) * on (cluster, node, registry, host) group_right () (${failures(nodes, registry)})`;
}

function failures(nodes: Selector, registry: string): string {
	const failing = `max by (${place}, stage, reason) (${nodes('stage_failure', registry)})`;
	const peers = `max by (${place}, peer) (${nodes('role_host_info', registry)})`;
	return `${failing} * on (${place}) group_left (peer) ${peers}`;
}
