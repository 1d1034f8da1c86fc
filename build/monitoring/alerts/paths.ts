import { breaks, type Failures, failuresOf, inCluster, nodes, nodesOf, ofAlert, runbookOf } from '../phrases.ts';
import type { Alert, Group } from '../rule.ts';
import { scope } from '../series.ts';

const inScope = (name: string, by: string) => `count by (${by}) (${scope}{scope="${name}"})`;
const failingNodes = (name: string, { labels }: Failures) => nodesOf(ofAlert(scope, labels, `scope="${name}"`), labels);

const everywhere = failuresOf('everyone');
const zone = failuresOf('zone', 'zone');
const source = failuresOf('source', 'source');
const many = failuresOf('many');
const node = failuresOf('node', 'node');

const gates =
	'Nodes that [are not judged](#how-a-verdict-is-reached) do not count. It ends 10 minutes after pulls succeed again.';

const fromEverywhere: Alert = {
	alert: 'RegistryProbeUnreachableEverywhere',
	by: ['registry'],
	severity: 'critical',
	area: 'path',
	expr: inScope('everyone', 'cluster, registry'),
	for: '5m',
	keepFiringFor: '10m',
	summary: `Most nodes${inCluster} cannot pull from {{ $labels.registry }}`,
	description: `${nodes} cannot pull from {{ $labels.registry }}, and no zone or address explains it: the registry itself is down, or what all nodes share on the way to it. New pods with images from there do not start. ${breaks(everywhere)} ${failingNodes('everyone', everywhere)}`,
	runbook: runbookOf(everywhere),
	means: 'More than half of the nodes cannot pull from the registry, and no single zone or egress source explains it.',
	look: "The registry's status page, then what all nodes share: firewall, proxy, nameservers, the login.",
	silence: `Fewer than two failing nodes never count as everyone. ${gates}`,
};

const fromZone: Alert = {
	alert: 'RegistryProbeUnreachableFromZone',
	by: ['registry', 'zone'],
	severity: 'critical',
	area: 'path',
	expr: inScope('zone', 'cluster, registry, zone'),
	for: '7m',
	keepFiringFor: '10m',
	summary: `Zone {{ $labels.zone }}${inCluster} cannot pull from {{ $labels.registry }}`,
	description: `${nodes} in zone {{ $labels.zone }} cannot pull from {{ $labels.registry }}, most nodes of other zones can: look at what the zone has of its own (NAT gateway, route table, network ACL, resolver, mirror). ${breaks(zone)} ${failingNodes('zone', zone)}`,
	runbook: runbookOf(zone),
	means: 'More than half of the nodes of a zone cannot pull from the registry, and less than half of the others.',
	look: 'What the zone has of its own: NAT gateway, route table, network ACL, resolver, mirror.',
	silence: `Needs the zone of the nodes, which the component \`discovery\` gives. Silenced by RegistryProbeUnreachableEverywhere. ${gates}`,
};

const fromSource: Alert = {
	alert: 'RegistryProbeUnreachableFromSource',
	by: ['registry', 'source'],
	severity: 'critical',
	area: 'path',
	expr: inScope('source', 'cluster, registry, source'),
	for: '7m',
	keepFiringFor: '10m',
	summary: `Nodes behind {{ $labels.source }}${inCluster} cannot pull from {{ $labels.registry }}`,
	description: `${nodes} that go out by {{ $labels.source }} cannot pull from {{ $labels.registry }}, most others can: the address is blocked, its quota is used up, or its gateway is broken. ${breaks(source)} ${failingNodes('source', source)}`,
	runbook: runbookOf(source),
	means:
		'More than half of the nodes behind one egress source (an address or an account, as a registry that counts pulls last named it) cannot pull from the registry, and less than half of the others.',
	look: 'The gateway with this address; the quota of the source; whether the registry blocks it.',
	silence: `Needs a registry that tells the source, as Docker Hub does; the source then counts for all registries of the node. Zones come first: where both fit, the zone is named. ${gates}`,
};

const fromMany: Alert = {
	alert: 'RegistryProbeUnreachableFromManyNodes',
	by: ['registry'],
	severity: 'warning',
	area: 'path',
	expr: inScope('many', 'cluster, registry'),
	for: '3m',
	keepFiringFor: '10m',
	summary: `Many nodes${inCluster} cannot pull from {{ $labels.registry }}`,
	description: `${nodes} cannot pull from {{ $labels.registry }}, neither one zone nor one egress address: look for what they have in common (node pool, image, kernel, subnet, proxy setting). ${breaks(many)} ${failingNodes('many', many)}`,
	runbook: runbookOf(many),
	means:
		'At least five nodes and more than one in twenty cannot pull from the registry and could not eight minutes ago, without a zone or source that explains it: one alert in place of one for each node.',
	look: 'What the nodes have in common: `registry_probe_node_info` has instance type, runtime and kernel.',
	silence: `Nodes that come and go, each for a few minutes, do not add up to many. Silenced by RegistryProbeUnreachableEverywhere. ${gates}`,
};

const fromNode: Alert = {
	alert: 'RegistryProbeUnreachableFromNode',
	by: ['registry', 'node', 'zone'],
	severity: 'warning',
	area: 'path',
	expr: inScope('node', 'cluster, node, registry, zone'),
	for: '10m',
	keepFiringFor: '10m',
	summary: `Node {{ $labels.node }}${inCluster} cannot pull from {{ $labels.registry }}`,
	description: `Node {{ $labels.node }} cannot pull from {{ $labels.registry }}, nearly all other nodes can: the fault is on the node or on its own way out. ${breaks(node)} The page of its agent shows the whole path: kubectl port-forward -n registry-probe pod/AGENT 9917.`,
	runbook: runbookOf(node),
	means: 'A node cannot pull from a registry that nearly all others reach.',
	look: "The node's own page or `registry-probe check REGISTRY` there: routes, resolv.conf, proxy, trusted certificates, files of the runtime.",
	silence: `Silenced by RegistryProbeUnreachableFromZone of its zone and by RegistryProbeUnreachableEverywhere. ${gates}`,
};

/** Who cannot pull from where. */
export const pathAlerts: Group = {
	name: 'registry-probe.paths',
	interval: '30s',
	rules: [fromEverywhere, fromZone, fromSource, fromMany, fromNode],
};
