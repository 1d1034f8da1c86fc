import type { Selector } from './promql.ts';

const by = 'by (registry, source)';

/** What one quota has left and how fast it goes. A quota belongs to a source, whichever clusters and nodes stand behind it. */
export interface Quota {
	readonly limit: string;
	/** As last said within the hour: a path that fails hides it. */
	readonly left: string;
	readonly share: string;
	readonly window: string;
	/** Change in a second, over the last half hour; below 0 where it goes down. */
	readonly pace: string;
	/** Seconds until nothing is left at this pace; -1 where it does not go down. */
	readonly emptyIn: string;
	/** How many nodes stand behind it. */
	readonly nodes: string;
}

/** The expressions for the quotas of all sources of these nodes and registries. */
export function quota(nodes: Selector, registry: string): Quota {
	const of = (metric: string) => nodes(metric, registry);
	const last = (aggregation: string, metric: string) =>
		`(${aggregation} ${by} (${of(metric)}) or ${aggregation} ${by} (last_over_time(${of(metric)}[1h])))`;
	const left = last('min', 'ratelimit_remaining');
	const limit = last('max', 'ratelimit_limit');
	const pace = `avg ${by} (deriv(${of('ratelimit_remaining')}[30m]))`;
	return {
		limit,
		left,
		share: `${left} / ${limit}`,
		window: last('max', 'ratelimit_window_seconds'),
		pace,
		emptyIn: `0 * (${left} == 0) or ${left} / (-1 * (${pace} < 0)) or -1 * (${left} >= bool 0)`,
		nodes: `count ${by} (group by (registry, source, cluster, node) (${of('egress_info')}))`,
	};
}
