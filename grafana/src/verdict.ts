import type { Selector } from './promql.ts';

/**
 * Who is to blame, by the rules that the alerts of `manifests/monitoring` go by. Unlike them the boards count every node
 * at once: also young ones, and registries that only pods name.
 */
export const verdicts = { nobody: 0, nodes: 1, many: 2, source: 3, zone: 4, everyone: 5 } as const;

/** What nodes can have in common: the label, and which nodes have which. */
interface Grouping {
	readonly label: 'zone' | 'source';
	/** One series for each node. */
	readonly of: (nodes: Selector) => string;
}

/** Where the Kubernetes API does not say zones there is none: a zone without a name is no zone. */
const zone: Grouping = {
	label: 'zone',
	of: (nodes) => `max by (cluster, node, zone) (${nodes('node_info', 'zone!=""')})`,
};

/** The identity that a registry counts the node by; of several an address before an account. It stands for all registries. */
const source: Grouping = {
	label: 'source',
	of(nodes) {
		const by = 'max by (cluster, node, source)';
		const addresses = `2 * ${by} (${nodes('egress_info', 'source=~"[0-9.]+|.*:.*"')})`;
		const any = `${by} (${nodes('egress_info', 'source!=""')})`;
		return `(topk by (cluster, node) (1, ${addresses} or ${any}) > bool 0)`;
	},
};

/** 1 for each node and registry that a pull fails for, 0 where it succeeds, nothing where nobody knows. */
export function failing(pullSuccess: string): string {
	return `(1 - min by (cluster, node, registry) (${pullSuccess}))`;
}

interface Group {
	readonly sum: string;
	readonly count: string;
	readonly share: string;
}

function group(pullSuccess: string, nodes: Selector, { label, of }: Grouping): Group {
	const labelled = `${failing(pullSuccess)} * on (cluster, node) group_left (${label}) ${of(nodes)}`;
	const over = (aggregation: string) => `${aggregation} by (cluster, registry, ${label}) (${labelled})`;
	return { sum: over('sum'), count: over('count'), share: over('avg') };
}

/** The share of nodes that fail, by zone. A zone with one node alone is that node. */
export function failingByZone(pullSuccess: string, nodes: Selector): string {
	const { share, count } = group(pullSuccess, nodes, zone);
	return `(${share} and ${count} > 1)`;
}

/** The share of nodes that fail, by the identity that they go out by. One node's own identity is that node. */
export function failingBySource(pullSuccess: string, nodes: Selector): string {
	const { share, count } = group(pullSuccess, nodes, source);
	return `(${share} and ${count} > 1)`;
}

/** Registries for which one group fails as a whole, two nodes at least, while the rest does not. */
function standsApart(pullSuccess: string, nodes: Selector, grouping: Grouping): string {
	const inside = group(pullSuccess, nodes, grouping);
	const outside = (of: 'sum' | 'count') =>
		`(${of} by (cluster, registry) (${failing(pullSuccess)}) - on (cluster, registry) group_right () ${inside[of]})`;
	const fails = `${inside.share} > 0.5 and ${inside.sum} >= 2`;
	return `group by (cluster, registry) (${fails} and ${outside('sum')} < 0.5 * ${outside('count')})`;
}

/** One of `verdicts` for each cluster and registry. */
export function verdict(pullSuccess: string, nodes: Selector): string {
	const all = (aggregation: string) => `${aggregation} by (cluster, registry) (${failing(pullSuccess)})`;
	const says = (code: number, holds: string) => `${code} * group by (cluster, registry) (${holds})`;
	return [
		says(verdicts.zone, standsApart(pullSuccess, nodes, zone)),
		says(verdicts.source, standsApart(pullSuccess, nodes, source)),
		says(verdicts.everyone, `${all('sum')} >= 2 and ${all('avg')} > 0.5`),
		says(verdicts.many, `${all('sum')} >= 5 and ${all('avg')} > 0.05`),
		`(${all('sum')} > bool 0)`,
	].join('\n  or ');
}
