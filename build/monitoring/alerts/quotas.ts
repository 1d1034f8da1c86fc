import { inCluster, listed, nodesOf, onNodes } from '../phrases.ts';
import { limit, remaining, sharers, window } from '../recordings/quotas.ts';
import type { Alert, Group } from '../rule.ts';
import { failing } from '../series.ts';

const own = ['cluster', 'registry', 'source'];
const egress = onNodes('egress_info', own);
const source = '{{ with $labels.source }}{{ . }}{{ else }}an identity that the registry does not tell{{ end }}';
const lastHour = (series: string) => `last_over_time(${series}[1h])`;
const limited = 'registry_probe_stage_failure{network="host", reason=~"rate_limited(_abuse)?"}';
const known = 'registry_probe_egress_info{network="host"}';
const value = (query: string, format: string, none: string) => listed(query, own, `{{ .Value | ${format} }}`, none);
const whole = 'printf "%.0f"';
const ofSource = '{cluster=%[1]q, registry=%[2]q, source=%[3]q}';

const low: Alert = {
	alert: 'RegistryProbeRateLimitLow',
	by: ['registry', 'source'],
	severity: 'warning',
	area: 'quota',
	expr: `
${lastHour(remaining)} / ${lastHour(limit)} < 0.2
and
${lastHour(remaining)} > 0
and (
  ${remaining} + deriv(${remaining}[30m]) * ${lastHour(window)} <= 0
  or
  ${sharers} and ${lastHour(remaining)} unless ${remaining}
)`,
	for: '5m',
	keepFiringFor: '15m',
	summary: `${source} has {{ $value | humanizePercentage }} of its pulls from {{ $labels.registry }} left${inCluster}`,
	description: `{{ $labels.registry }} counts pulls by ${source}: {{ $value | humanizePercentage }} of the quota of ${value(`last_over_time(${limit}${ofSource}[1h])`, whole, 'unknown size')} pulls is left. At the pace of the last half hour it is used up in ${value(`-(last_over_time(${remaining}${ofSource}[1h]) / (deriv(${remaining}${ofSource}[30m]) < 0))`, 'humanizeDuration', 'an unknown time: the path that tells it fails')}. Then pulls fail for ${value(`${sharers}${ofSource}`, whole, 'all')} nodes at once. Log in, use a mirror, or stop what pulls so much. ${nodesOf(egress, own)}`,
	runbook: 'runbook.md#rate_limited',
	means:
		'Less than a fifth of a quota is left, and at the pace of the last half hour it reaches zero within its window; or less than a fifth was left when the path that tells it began to fail.',
	look: 'Which nodes go out by the source, and what has been pulled there lately: a roll-out, a loop of restarts, CI. A login has a quota of its own, a mirror needs none.',
	silence:
		'A quota that is low and steady stays silent. Silenced by RegistryProbeRateLimitExhausted of the same source. It ends 15 minutes after the quota lasts again.',
};

const exhausted: Alert = {
	alert: 'RegistryProbeRateLimitExhausted',
	by: ['registry', 'source'],
	severity: 'critical',
	area: 'quota',
	expr: `
${lastHour(remaining)} == 0
  and (${sharers} or ${remaining})
or
count by (cluster, registry, source) (
  ${known}
  and on (cluster, node, registry)
    ${limited}
  and on (cluster, node, registry)
    ${failing}
)
or
count by (cluster, registry) (
  ${limited}
  and on (cluster, node, registry)
    ${failing}
  unless on (cluster, node, registry)
    ${known}
)`,
	for: '3m',
	keepFiringFor: '15m',
	summary: `${source} has no pulls from {{ $labels.registry }} left${inCluster}`,
	description: `{{ $labels.registry }} counts pulls by ${source}, and the quota is used up, or it answers "too many requests" already: pulls fail until the window moves on (${value(`last_over_time(${window}${ofSource}[1h])`, 'humanizeDuration', 'of unknown length')}). Log in, use a mirror, or wait; restarting pods makes it worse. ${nodesOf(egress, own)}`,
	runbook: 'runbook.md#rate_limited',
	means:
		'A quota is used up, or the registry answers 429. A path can be green and the quota empty: asking for a manifest by HEAD is not counted, pulling is.',
	look: 'What has been pulled by the nodes behind the source; whether a login would have a quota of its own.',
	silence: 'It ends 15 minutes after the registry says that pulls are left.',
};

const shared: Alert = {
	alert: 'RegistryProbeRateLimitShared',
	by: ['registry', 'source'],
	severity: 'info',
	area: 'quota',
	expr: `${sharers} > 10\nand\n${lastHour(limit)} / ${sharers} < 10`,
	for: '1h',
	keepFiringFor: '1h',
	summary: `{{ $value }} nodes${inCluster} share one quota of {{ $labels.registry }}`,
	description: `{{ $labels.registry }} sees {{ $value }} nodes as ${source} and gives them ${value(`last_over_time(${limit}${ofSource}[1h])`, whole, 'few')} pulls together, fewer than ten each: one roll-out can use it up. A login or a mirror takes them out of it. ${nodesOf(egress, own)}`,
	runbook: 'runbook.md#rate_limited',
	means: 'More than ten nodes stand behind one source, and its quota gives each fewer than ten pulls in a window.',
	look: 'Nothing is broken yet. Plan for a login, a pull-through mirror, or more egress addresses.',
	silence:
		'Registries that tell no limit, or no source, do not count. It ends an hour after there are fewer nodes or more pulls.',
};

/** Quotas, once for each source and not for each node. */
export const quotaAlerts: Group = {
	name: 'registry-probe.quotas.alerts',
	interval: '1m',
	rules: [low, exhausted, shared],
};
