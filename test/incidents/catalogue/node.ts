import { html } from '../../fakes/reply.ts';
import type { Setup } from '../../parity/site.ts';
import { type Incident, type Kind, recordedFault, type WorldPlan } from '../incident.ts';

const here = (like: string, what: string, more: Partial<Incident> = {}) =>
	recordedFault('node', ['node'], like, what, more);

/** What this node's own routes and rules do to one registry. */
export const routes: readonly Incident[] = [
	here('tcp-netunreach', 'this node has no route there'),
	here('tcp-prohibit', 'a route of this node forbids it'),
	here('tcp-blackhole', 'a route of this node swallows it'),
	here('tcp-route-unreachable', 'a route of this node says unreachable'),
	here('tcp-output-drop', 'the firewall of this node drops it'),
	here('tcp-admin-prohibited', 'a firewall on the way refuses it'),
];

/** The registries of a node that reaches none of them: of several owners, which do not fail together. */
const owners = ['registry.acme.example', 'images.beta.example'];

interface Cut {
	readonly kind?: Kind;
	readonly like: string;
	readonly what: string;
	/** Of each registry, by its place among the others. */
	readonly setup: (at: number) => Setup;
	readonly zone?: string;
	readonly nameserver?: string;
	readonly runtime?: string;
}

/** A node on which the same happens to every registry; each is an incident. */
function cutOff(name: string, { kind = 'node', like, what, setup, zone, nameserver, runtime }: Cut): WorldPlan {
	return {
		name,
		runtime: runtime ?? 'containerd 2.4.2',
		healthy: false,
		...(zone !== undefined && { zone }),
		...(nameserver !== undefined && { nameserver }),
		alike: { host: `${name}.hub.gamma.example`, setup: setup(owners.length) },
		incidents: owners.map((host, at) =>
			recordedFault(kind, ['node'], like, what, {
				id: `${name}-${at + 1}`,
				host: `${name}.${host}`,
				setup: setup(at),
			}),
		),
	};
}

/** Addresses of networks that do not hang together, none of which is reached. */
const at =
	(network: string) =>
	(place: number): Setup =>
	(site) => {
		site.know('', { A: [network.replace('N', String(place))] });
		return Promise.resolve();
	};
const dropped = '10.66.N.1';
const noRoute = '203.0.11N.1';
const nothing = (): Setup => () => Promise.resolve();
const intercepted = (): Setup => async (site) => {
	await site.registry({}, { tls: await site.certificate({}, site.ground.foreign) });
};
const portal = (): Setup => async (site) => {
	await site.registry(
		{ respond: () => html(511, 'Network Authentication Required') },
		{ tls: await site.certificate() },
	);
};

/** Nodes that reach nobody. */
export const cutNodes: readonly WorldPlan[] = [
	cutOff('resolver-closed', {
		like: 'dns-unreachable',
		what: 'the nameserver of this node does not listen',
		setup: nothing,
		nameserver: '10.78.254.53',
	}),
	cutOff('resolver-silent', {
		like: 'dns-timeout',
		what: 'the nameserver of this node is silent',
		setup: nothing,
		nameserver: '10.66.0.53',
	}),
	cutOff('way-dropped', {
		like: 'tcp-output-drop',
		what: 'a firewall drops all that leaves this node',
		setup: at(dropped),
	}),
	cutOff('way-unreachable', {
		like: 'tcp-netunreach',
		what: 'this node has lost its default route',
		setup: at(noRoute),
		runtime: 'containerd 1.7.35',
	}),
	cutOff('inspected', {
		like: 'tls-untrusted',
		what: 'TLS is opened on the way, and this node does not know the authority',
		setup: intercepted,
	}),
	cutOff('captive', { like: 'portal-511', what: 'a portal wants a login before the network', setup: portal }),
];

/** Two nodes of one zone that meet the same. */
export const cutZones: readonly WorldPlan[] = ['one', 'two'].map((node) =>
	cutOff(`zone-gateway-${node}`, {
		kind: 'zone',
		like: 'tcp-output-drop',
		what: 'the gateway of the zone is gone',
		setup: at(dropped),
		zone: 'zone-b',
	}),
);

/** One proxy in front of everything; each is a node of its own. */
export const proxies: readonly WorldPlan[] = (
	[
		['proxy-403', 'the proxy forbids the host'],
		['proxy-407', 'the proxy wants a login'],
		['proxy-refused', 'nothing listens where the proxy should be'],
		['proxy-nxdomain', 'the name of the proxy is gone'],
		['proxy-httpsproxy-untrusted', 'the proxy has a certificate of nobody'],
	] as const
).map(([like, what]) => ({
	name: like,
	runtime: 'containerd 2.4.2',
	healthy: false,
	incidents: [here(like, what)],
}));
