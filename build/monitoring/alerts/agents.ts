import { inCluster, named, nodes, nodesOf, ofAlert, onNodes } from '../phrases.ts';
import type { Alert, Group } from '../rule.ts';
import { notReady, scraped, settled } from '../series.ts';

const own = ['cluster'];
const ofNode = ['cluster', 'node'];
const agentsEver = 'registry:registry_probe_pull_failing:count';

const missing: Alert = {
	alert: 'RegistryProbeAgentMissing',
	by: ['node', 'instance'],
	severity: 'warning',
	area: 'agent',
	expr: `
(
  max by (cluster, node, instance) (avg_over_time(${scraped}[10m])) < 0.5
    and on (cluster, node, instance) ${scraped}
  or
  max by (cluster, node) (kube_pod_info{namespace="registry-probe", created_by_kind="DaemonSet", created_by_name="registry-probe", node!=""})
    unless on (cluster, node) ${scraped}
)
unless on (cluster, node)
  ${notReady}
unless on (cluster, node)
  time() - max by (cluster, node) (kube_node_created) < 900`,
	for: '15m',
	keepFiringFor: '5m',
	summary: `The agent of node {{ $labels.node }}{{ with $labels.instance }} ({{ . }}){{ end }}${inCluster} is missing`,
	description:
		'Prometheus gets no metrics, or fewer than half, from the agent of node {{ $labels.node }}: whether pulls work there is not known. This is about the agent, not about a registry. Look: kubectl get pods -n registry-probe -o wide --field-selector spec.nodeName={{ $labels.node }}',
	means:
		'The agent of a node cannot be scraped, or its pod is not among the targets. It says nothing about registries.',
	look: 'The pod (pending, crashing, image not there), then whether Prometheus reaches port 9917 of the node.',
	silence:
		'With kube-state-metrics: nodes that are not ready or younger than 15 minutes. Silenced by RegistryProbeAgentsMissing. It ends 5 minutes after scrapes succeed, and when the node is gone.',
};

const blind: Alert = {
	alert: 'RegistryProbeAgentsMissing',
	by: [],
	severity: 'critical',
	area: 'agent',
	expr: `
avg by (cluster) (${scraped}) < 0.5
or
group by (cluster) (last_over_time(${agentsEver}[1d])) * 0
  unless on (cluster) ${scraped}`,
	for: '10m',
	keepFiringFor: '5m',
	summary: `Most agents${inCluster} are missing: nothing is known about pulls`,
	description: `{{ if eq $value 0.0 }}No agent{{ else }}Only {{ $value | humanizePercentage }} of the agents{{ end }} can be scraped${inCluster}. No other alert about registries can be relied on. Look: kubectl get daemonset,pods -n registry-probe, and the targets of Prometheus.`,
	means: 'Fewer than half of the agents can be scraped, or there is no target where there was one within the last day.',
	look: 'The DaemonSet, the PodMonitor or scrape job, the way from Prometheus to port 9917.',
	silence:
		'After the agents are removed for good it fires for a day: remove the rules with them. It silences RegistryProbeAgentMissing.',
};

const stale: Alert = {
	alert: 'RegistryProbeAgentStale',
	by: ['node'],
	severity: 'warning',
	area: 'agent',
	expr: `
count by (cluster, node) (
  registry_probe_last_attempt_timestamp_seconds{network="host"}
  unless on (cluster, node, registry, host)
    registry_probe_success{network="host"}
  and on (cluster, node)
    ${settled}
)`,
	for: '15m',
	keepFiringFor: '5m',
	summary: `The agent of node {{ $labels.node }}${inCluster} has stopped probing`,
	description: `The agent of node {{ $labels.node }} answers, but it has stopped probing: no attempt within two intervals, for {{ $value }} targets in all. What it shows is old, and its verdicts are gone. It gets too little CPU, or it hangs. Look at its log and registry_probe_schedule_lag_seconds; deleting the pod restarts it. Registries: ${named('registry', `${onNodes('last_attempt_timestamp_seconds', ofNode)} unless on (cluster, node, registry, host) registry_probe_success`, ofNode)}.`,
	means: 'An agent is there but no longer tries its targets. Targets that are paused on purpose do not count.',
	look: "The agent's log, its CPU (`registry_probe_schedule_lag_seconds`, `registry_probe_attempts_repeated_total`), then a restart.",
	silence: 'Agents younger than 5 minutes do not count. It ends 5 minutes after attempts go on.',
};

const restarting: Alert = {
	alert: 'RegistryProbeAgentRestarting',
	by: ['node'],
	severity: 'warning',
	area: 'agent',
	expr: `max by (cluster, node) (changes(process_start_time_seconds{network="host"}[1h])) >= 3`,
	for: '5m',
	keepFiringFor: '15m',
	summary: `The agent of node {{ $labels.node }}${inCluster} keeps restarting`,
	description:
		'The agent of node {{ $labels.node }} has restarted {{ $value }} times within an hour. While it does, its node is hardly judged. Look: kubectl describe pod and kubectl logs --previous in the namespace registry-probe; 137 is its memory limit.',
	means:
		'An agent restarts again and again in the same pod. Because young agents are not trusted, faults of its node may stay unseen.',
	look: 'The last state of its container: exit code 137 is the memory limit, 2 a configuration that cannot be used.',
	silence:
		'A new pod, as a rolling restart makes it, is no restart. It ends when the last hour had fewer than three, and 15 minutes.',
};

const configuration: Alert = {
	alert: 'RegistryProbeConfigurationRejected',
	by: [],
	severity: 'warning',
	area: 'agent',
	expr: `count by (cluster) (registry_probe_config_last_reload_successful == 0)`,
	for: '5m',
	keepFiringFor: '5m',
	summary: `The configuration of registry-probe was rejected${inCluster}`,
	description: `The configuration could not be used on ${nodes}; the one before is still running there. The log has every fault with its line; so has: registry-probe config --config FILE. A pod that starts now does not come up. ${nodesOf(`${ofAlert('registry_probe_config_last_reload_successful', own)} == 0`, own)}`,
	means: 'A changed configuration has faults. Agents that run keep the old one; agents that start with it end.',
	look: 'Run `registry-probe config --config FILE` on what you applied.',
	silence: 'It ends 5 minutes after the agents have read one that they can use.',
};

const dropped: Alert = {
	alert: 'RegistryProbeSeriesDropped',
	by: [],
	severity: 'warning',
	area: 'agent',
	expr: `count by (cluster) (increase(registry_probe_series_dropped_total[30m]) > 0)`,
	for: '10m',
	keepFiringFor: '15m',
	summary: `Agents${inCluster} leave metrics out: too many series`,
	description: `On ${nodes} there are more series than one scrape shows, and the least important are left out. Probe fewer registries, or deny some of those that discovery finds (discovery.deny). ${nodesOf(`increase(${ofAlert('registry_probe_series_dropped_total', own)}[30m]) > 0`, own)}`,
	means: 'An agent has so many targets that a scrape leaves series out. Verdicts are the last to go.',
	look: 'How many targets the plan of one of the nodes has.',
	silence: 'It ends when nothing was left out for half an hour, and 15 minutes.',
};

/** Whether the agents themselves can be relied on: not about registries, so that it reaches other people. */
export const agentAlerts: Group = {
	name: 'registry-probe.agents',
	interval: '1m',
	rules: [missing, blind, stale, restarting, configuration, dropped],
};
