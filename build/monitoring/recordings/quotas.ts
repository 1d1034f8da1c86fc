import type { Group } from '../rule.ts';

const level = 'source_registry';

/** What is left of a source's quota, as the answer to any of its nodes says it: the lowest is the latest while it drains. */
export const remaining = `${level}:registry_probe_ratelimit_remaining:min`;
export const limit = `${level}:registry_probe_ratelimit_limit:min`;
/** The length of the window; an hour where the registry does not say it. */
export const window = `${level}:registry_probe_ratelimit_window_seconds:max`;
/** How many nodes the registry counts as one. */
export const sharers = `${level}:registry_probe_egress:count`;

const gauge = (name: string) => `registry_probe_ratelimit_${name}{network="host"}`;
const labels = 'by (cluster, registry, source)';

/** Quotas by the identity that the registry counts: nodes behind one address share one. */
export const quotas: Group = {
	name: 'registry-probe.quotas',
	interval: '1m',
	rules: [
		{ record: remaining, expr: `min ${labels} (${gauge('remaining')})` },
		{ record: limit, expr: `min ${labels} (${gauge('limit')})` },
		{ record: window, expr: `max ${labels} (${gauge('window_seconds')})\nor\n${remaining} * 0 + 3600` },
		{
			record: sharers,
			expr: `
count ${labels} (
  group by (cluster, node, registry, source) (registry_probe_egress_info{network="host"})
)`,
		},
	],
};
