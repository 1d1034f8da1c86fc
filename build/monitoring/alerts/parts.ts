import {
	breaks,
	failuresWith,
	inCluster,
	listed,
	named,
	nodes,
	nodesOf,
	ofAlert,
	onNodes,
	runbookOf,
} from '../phrases.ts';
import { ipv6Reachable, nameserverDead } from '../recordings/parts.ts';
import type { Alert, Group } from '../rule.ts';
import { failing, wantedMirror } from '../series.ts';
import { unexplained } from './pods.ts';

const own = ['cluster', 'registry'];
const blob = failuresWith('role="blob"');
const token = failuresWith('role="token", reason!~"auth_.*|rate_limited.*"');
const seen = (matcher: string) => `registry_probe_stage_failure{network="host", ${matcher}}`;
const ofMirror = [...own, 'host'];
const ofNameserver = ['cluster', 'nameserver'];
const mirror = { query: onNodes('stage_failure', ofMirror), labels: ofMirror };
const mirrorDelay = `max(${onNodes('pull_delay_seconds', own, 'cause="dead_mirror"')})`;
const peerOf = (role: string) => named('peer', onNodes('role_host_info', own, `role="${role}"`), own);
const lastHour = `topk(3, sum by (host, role, stage) (increase(${onNodes('failures_total', own)}[1h])) > 0)`;

const blobHostBlocked: Alert = {
	alert: 'RegistryProbeBlobHostBlocked',
	by: ['registry'],
	severity: 'warning',
	area: 'path',
	expr: `
count by (cluster, registry) (
  ${failing} == 1
  and on (cluster, node, registry) (
    ${seen('role="blob"')}
    and on (cluster, node, registry, host)
      registry_probe_stage_success{network="host", role="registry", stage="manifest"} == 1
  )
)`,
	for: '10m',
	keepFiringFor: '10m',
	summary: `{{ $labels.registry }} answers, but the host of its layers does not${inCluster}`,
	description: `On ${nodes} {{ $labels.registry }} gives manifests, but layers come from another host, and that one fails: pulls begin and then stop. Let the nodes out to it: ${peerOf('blob')}. ${breaks(blob)} ${nodesOf(blob.query, own)}`,
	runbook: runbookOf(blob),
	means:
		'The registry itself is well, but the host that it sends layer requests to (a CDN) is blocked or broken. Pulls fail though every check of the registry is green.',
	look: 'Firewall and proxy rules for the host in `registry_probe_role_host_info{role="blob"}`. Registries change it now and then.',
	silence:
		'Where no layer is read it sees nothing: of registries for which no image is configured or seen, docker.io excepted. Nodes on which pulls come all the same, through another mirror, do not count. It ends 10 minutes after the last node pulls again.',
};

const tokenServiceFailing: Alert = {
	alert: 'RegistryProbeTokenServiceFailing',
	by: ['registry'],
	severity: 'warning',
	area: 'path',
	expr: `
count by (cluster, registry) (
  ${failing} == 1
  and on (cluster, node, registry)
    ${seen('role="token", reason!~"auth_.*|rate_limited.*"')}
)`,
	for: '10m',
	keepFiringFor: '10m',
	summary: `The token service of {{ $labels.registry }} fails${inCluster}`,
	description: `On ${nodes} {{ $labels.registry }} answers, but the service that gives tokens for pulls does not. Let the nodes out to it, or look at its status: ${peerOf('token')}. ${breaks(token)} ${nodesOf(token.query, own)}`,
	runbook: runbookOf(token),
	means:
		'The service that the registry names for tokens cannot be reached or does not answer as it should. Logins that it refuses are RegistryProbeCredentialsRejected.',
	look: 'The host in `registry_probe_role_host_info{role="token"}`: firewall, proxy, its own status page.',
	silence:
		'Nodes on which pulls come all the same do not count. It ends 10 minutes after the last node gets tokens again.',
};

const mirrorDead: Alert = {
	alert: 'RegistryProbeMirrorDead',
	by: ['registry', 'host'],
	severity: 'warning',
	area: 'path',
	expr: `
count by (cluster, registry, host) (
  max by (cluster, node, registry, host) (registry_probe_success{network="host"}) == 0
  and on (cluster, node, registry, host)
    ${wantedMirror}
  and on (cluster, node, registry)
    ${failing} == 0
)`,
	for: '15m',
	keepFiringFor: '15m',
	summary: `Mirror {{ $labels.host }} of {{ $labels.registry }} is dead${inCluster}; pulls still work`,
	description: `On ${nodes} the mirror {{ $labels.host }} fails and pulls from {{ $labels.registry }} come by another way: they may be slower and count against its quota. ${breaks(mirror)} Longest delay of a pull: ${listed(mirrorDelay, own, '{{ .Value | humanizeDuration }}', 'none')}. ${nodesOf(`${onNodes('success', ofMirror)} == 0`, ofMirror)}`,
	runbook: runbookOf(mirror),
	means:
		'A mirror does not serve, and the fall-back hides it: pulls come, but late, or from the upstream with its limits.',
	look: "The mirror's own health; then whether the nodes that are named can reach it.",
	silence:
		'Where the pull fails as well, RegistryProbeUnreachable… speaks in its place. It ends 15 minutes after the mirror serves again.',
};

/** Nameservers that belong to one node: each is another one though they share an address. */
const local = '127[.].*|169[.]254[.].*|[[]?(::1|fe80:).*';

const nameserverAlert: Alert = {
	alert: 'RegistryProbeNameserverDead',
	by: ['nameserver', 'node'],
	severity: 'warning',
	area: 'path',
	expr: `
count by (cluster, nameserver) (${nameserverDead}{nameserver!~"${local}"} == 1)
or
max by (cluster, node, nameserver) (${nameserverDead}{nameserver=~"${local}"} == 1)`,
	for: '10m',
	keepFiringFor: '10m',
	summary: `Nameserver {{ $labels.nameserver }}{{ with $labels.node }} of node {{ . }}{{ end }}${inCluster} answers for no registry`,
	description: `Nameserver {{ $labels.nameserver }} answers for none of the registries on {{ with $labels.node }}node {{ . }}{{ else }}${nodes}{{ end }}. Look-ups that meet it wait 5 s and then ask the next one; where there is none, pulls fail. Try: dig +timeout=5 @{{ $labels.nameserver }} REGISTRY. ${nodesOf(`${ofAlert(nameserverDead, ofNameserver)} == 1`, ofNameserver)}`,
	runbook: 'runbook.md#dns_timeout',
	means:
		'A nameserver in the resolv.conf of nodes answers for no registry. Behind one that works it costs every look-up that meets it 5 s and more; alone it stops all pulls.',
	look: 'Whether the server runs, and whether the nodes that are named reach it on port 53 (UDP and TCP). A server on a loopback or link-local address is one of the node: then the alert names the node.',
	silence:
		'A name that does not exist is not the fault of a server: where a node asks for one registry only and nobody knows it, this stays silent. It ends 10 minutes after the server answers.',
};

const ipv6Broken: Alert = {
	alert: 'RegistryProbeIPv6Broken',
	by: ['registry'],
	severity: 'warning',
	area: 'path',
	expr: `
count by (cluster, registry) (
  ${ipv6Reachable} == 0
  and on (cluster, node, registry)
    ${failing}
  and on (cluster, node, registry) (
    registry_probe_pull_delay_seconds{network="host", cause="dead_address"}
    or
    ${ipv6Reachable} and on (cluster, registry) avg by (cluster, registry) (${ipv6Reachable}) > 0.8
  )
)`,
	for: '15m',
	keepFiringFor: '15m',
	summary: `IPv6 to {{ $labels.registry }} leads nowhere from ${nodes}${inCluster}`,
	description: `{{ $labels.registry }} has IPv6 addresses, and none of them answers on ${nodes}: connections that begin there wait before IPv4 is tried. Mend the route, or take the address away from the node. ${nodesOf(`${ofAlert(ipv6Reachable, own)} == 0`, own)}`,
	runbook: 'runbook.md#tcp_unreachable',
	means:
		'The hosts of a registry have IPv6 addresses, and from some nodes none answers: either pulls lose time to it, or more than four in five addresses answer elsewhere.',
	look: 'A route and a source address for IPv6 on the node (`ip -6 route get ADDRESS`), then ICMPv6 on the way.',
	silence:
		'Nodes without IPv6 that lose no time to it do not count, unless nearly all other nodes have it. It ends 15 minutes after an address answers.',
};

const unsteady: Alert = {
	alert: 'RegistryProbeUnsteady',
	by: ['registry'],
	severity: 'warning',
	area: 'path',
	expr: `
count by (cluster, registry) (
  max by (cluster, node, registry) (changes(registry_probe_pull_success{network="host"}[1h])) >= 6
  and
  max by (cluster, node, registry) (avg_over_time(registry_probe_pull_success{network="host"}[1h])) < 0.9
  and on (cluster, node, registry)
    ${failing}
)`,
	for: '5m',
	keepFiringFor: '30m',
	summary: `Pulls from {{ $labels.registry }} come and go${inCluster}`,
	description: `On ${nodes} pulls from {{ $labels.registry }} failed and recovered at least three times within the last hour, more than a tenth of the time in all: an overloaded proxy or gateway, a half-dead address, a flapping link. Failures of the last hour: ${listed(lastHour, own, '{{ .Value | printf "%.0f" }} at host {{ .Labels.host }}, role {{ .Labels.role }}, stage {{ .Labels.stage }}', 'none')}. ${nodesOf(`changes(${onNodes('pull_success', own)}[1h]) >= 6`, own)}`,
	means: 'Pulls from a registry fail and recover again and again, too shortly for the other alerts.',
	look: 'Which stage fails (`registry_probe_failures_total`), and what on the way is near its limit: connections of a NAT gateway, a proxy, one of several addresses.',
	silence:
		'One bad attempt now and then is not enough: three failures in an hour and a tenth of the time are. Silenced by RegistryProbeUnreachableEverywhere. It ends 30 minutes after the last hour was steady enough.',
};

/** Which part of a path is broken, where the verdict alone would not show it. */
export const partAlerts: Group = {
	name: 'registry-probe.parts.alerts',
	interval: '1m',
	rules: [blobHostBlocked, tokenServiceFailing, mirrorDead, nameserverAlert, ipv6Broken, unexplained],
};

/** What looks back for an hour is worked out less often. */
export const slowAlerts: Group = { name: 'registry-probe.slow', interval: '5m', rules: [unsteady] };
