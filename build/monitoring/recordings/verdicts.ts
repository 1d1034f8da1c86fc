import type { Group, Recording } from '../rule.ts';
import {
	apart,
	bridged,
	failing,
	notReady,
	rest,
	scope,
	scraped,
	settled,
	share,
	sourceOf,
	wanted,
	zoneOf,
} from '../series.ts';

/** Seconds that an agent has run, and a node has existed, before it is judged: the first minutes of both say little. */
const young = { agent: 300, node: 600 };

/** A node that has left is judged no longer, though its last results are still bridged. */
const gates: Recording = {
	record: settled,
	expr: `
time() - max by (cluster, node) (last_over_time(process_start_time_seconds{network="host"}[${bridged}])) > bool ${young.agent} == 1
unless on (cluster, node)
  time() - max by (cluster, node) (last_over_time(registry_probe_node_created_timestamp_seconds{network="host"}[${bridged}])) < ${young.node}
unless on (cluster, node)
  max by (cluster, node) (avg_over_time(${scraped}[10m])) < 0.5
unless on (cluster, node) (
  max by (cluster, node) (last_over_time(${scraped}[10m])) unless on (cluster, node) ${scraped}
)
unless on (cluster, node)
  ${notReady}
unless on (cluster, node)
  max by (cluster, node) (kube_node_spec_unschedulable) == 1`,
};

/** A zone that was known stays known while nobody says another, so that an alert does not begin anew. */
const zones: Recording = {
	record: zoneOf,
	expr: `
topk by (cluster, node) (1, max by (cluster, node, zone) (registry_probe_node_info{network="host", zone!=""}))
or on (cluster, node)
  (${zoneOf}{zone!=""} and on (cluster, node) ${settled})
or on (cluster, node)
  ${settled}`,
};

/** Of several identities an address before an account; the last one is kept while the path that tells it is down. */
const sources: Recording = {
	record: sourceOf,
	expr: `
topk by (cluster, node) (1,
  2 * max by (cluster, node, source) (registry_probe_egress_info{network="host", source=~"[0-9.]+|.*:.*"})
  or
  max by (cluster, node, source) (registry_probe_egress_info{network="host"})
) > bool 0
or on (cluster, node)
  (${sourceOf}{source!=""} and on (cluster, node) ${settled})
or on (cluster, node)
  ${settled}`,
};

const failures: Recording = {
	record: failing,
	expr: `
(
  1 - max by (cluster, node, registry) (last_over_time(registry_probe_pull_success{network="host"}[${bridged}]))
  and on (cluster, node, registry)
    last_over_time(${wanted}[${bridged}])
  and on (cluster, node)
    ${settled}
)
* on (cluster, node) group_left (zone) ${zoneOf}
* on (cluster, node) group_left (source) ${sourceOf}`,
};

function shares(level: string, labels: string, matcher = ''): readonly Recording[] {
	const { sum, count, ratio } = share(level);
	const over = `by (${labels}) (${failing}${matcher})`;
	return [
		{ record: sum, expr: `sum ${over}` },
		{ record: count, expr: `count ${over}` },
		{ record: ratio, expr: `avg ${over}` },
	];
}

/** More than half of it fails, two nodes at least, and less than half of what is outside of it. */
function standsApart(level: string): Recording {
	const inside = share(level);
	const whole = share('registry');
	const outside = (of: 'sum' | 'count') => `(${whole[of]} - on (cluster, registry) group_right () ${inside[of]})`;
	return {
		record: apart(level),
		expr: `
(${inside.ratio} > 0.5 and ${inside.sum} >= 2) > bool 0
and
  ${outside('sum')} < 0.5 * ${outside('count')}`,
	};
}

const alone = 'on (cluster, node, registry)';

/** Each node and registry that fails has exactly one scope: what comes first here counts. */
const scopes: readonly Recording[] = [
	{
		record: scope,
		labels: { scope: 'zone' },
		expr: `
${failing} == 1
and on (cluster, zone, registry)
  ${apart('zone_registry')}`,
	},
	{
		record: scope,
		labels: { scope: 'source' },
		expr: `
${failing} == 1
and on (cluster, source, registry)
  ${apart('source_registry')}
unless ${alone}
  ${scope}{scope="zone"}`,
	},
	{ record: rest.sum, expr: `sum by (cluster, registry) (${failing} unless ${alone} ${scope}{scope=~"zone|source"})` },
	{
		// Nodes that come and go fail for minutes, some at any time: not the same ones for long.
		record: rest.lasting,
		expr: `
sum by (cluster, registry) (
  ${failing} == 1
  and ${alone}
    ${failing} offset 8m == 1
  unless ${alone}
    ${scope}{scope=~"zone|source"}
)`,
	},
	{
		record: rest.count,
		expr: `count by (cluster, registry) (${failing} unless ${alone} ${scope}{scope=~"zone|source"})`,
	},
	{
		record: scope,
		labels: { scope: 'everyone' },
		expr: `
${failing} == 1
and on (cluster, registry)
  (${rest.sum} >= 2 and ${rest.sum} > 0.5 * ${rest.count})
unless ${alone}
  ${scope}{scope=~"zone|source"}`,
	},
	{
		record: scope,
		labels: { scope: 'many' },
		expr: `
${failing} == 1
and on (cluster, registry)
  (${rest.lasting} >= 5 and ${rest.lasting} > 0.05 * ${rest.count})
unless ${alone}
  ${scope}{scope=~"zone|source|everyone"}`,
	},
	{
		record: scope,
		labels: { scope: 'node' },
		expr: `
${failing} == 1
unless ${alone}
  ${scope}{scope=~"zone|source|everyone|many"}`,
	},
];

/** From the last results of all agents to: which nodes fail, and is it the node, the zone, the source or everyone? */
export const verdicts: Group = {
	name: 'registry-probe.verdicts',
	interval: '30s',
	rules: [
		gates,
		zones,
		sources,
		failures,
		...shares('registry', 'cluster, registry'),
		...shares('zone_registry', 'cluster, zone, registry', '{zone!=""}'),
		...shares('source_registry', 'cluster, source, registry', '{source!=""}'),
		standsApart('zone_registry'),
		standsApart('source_registry'),
		...scopes,
	],
};
