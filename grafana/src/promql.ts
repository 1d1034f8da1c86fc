/** Builds selectors of the agent's metrics; `more` are further matchers. */
export type Selector = (metric: string, ...more: readonly string[]) => string;

const ofAgents = ['cluster=~"$cluster"', 'network="$network"'];

function selector(...matchers: readonly string[]): Selector {
	return (metric, ...more) => `registry_probe_${metric}{${[...ofAgents, ...matchers, ...more].join(', ')}}`;
}

/** All nodes of the chosen clusters. */
export const everyNode = selector();
/** The nodes that are chosen, out of many. */
export const chosenNodes = selector('node=~"$node"');
/** The one node of a board about one node. */
export const oneNode = selector('node="$node"');

/** A metric of the processes of the agents on the chosen nodes: other programs do not have the agents' labels. */
export const chosenProcesses = (metric: string) => `process_${metric}{${[...ofAgents, 'node=~"$node"'].join(', ')}}`;

/** Matchers for boards about many registries, and about one. */
export const chosenRegistries = 'registry=~"$registry"';
export const oneRegistry = 'registry="$registry"';

/** Keeps of an instant vector what belongs to nodes of the chosen zones. Not for range vectors. */
export function inZone(expression: string, nodes: Selector): string {
	return `(${expression} and on (cluster, node) ${nodes('node_info', 'zone=~"$zone"')})`;
}

/** The same selectors, for nodes of the chosen zones. Not for range vectors. */
export function zoned(nodes: Selector): Selector {
	return (metric, ...more) => inZone(nodes(metric, ...more), nodes);
}

/**
 * An expression, or where it has nothing to tell a series of the value 0 with these labels, as long as agents report. So
 * a panel that lists faults can say that there are none, and is empty only when nobody knows.
 */
export function orNone(expression: string, nodes: Selector, labels: Readonly<Record<string, string>>): string {
	const none = Object.entries(labels).reduce(
		(inner, [name, value]) => `label_replace(${inner}, "${name}", "${value}", "", "")`,
		`0 * count(${nodes('build_info')})`,
	);
	return `(${expression}) or (${none} unless on () (${expression}))`;
}
