import { type Agent, startAgent } from '../agent.ts';
import { type Fault, makeFault } from '../fault.ts';
import { startClusterApi } from './clusterApi.ts';
import { type FleetNode, makeFleetNode, troubles } from './nodes.ts';
import { names, repository, type Servers, startServers } from './servers.ts';

/** Three nodes with a real agent each, and what they pull from. */
export interface Fleet extends AsyncDisposable {
	readonly servers: Servers;
	readonly nodes: readonly FleetNode[];
	readonly agents: readonly Agent[];
	/** What is wrong from the beginning and can be mended. */
	readonly faults: readonly Fault[];
}

const zones: Readonly<Record<string, string>> = { 'worker-1': 'demo-1a', 'worker-2': 'demo-1b', 'worker-3': 'demo-1a' };

/** A pod whose image is refused for the quota, as the kubelet tells of it. */
function waitingPod(host: string): object {
	const image = `${host}/${repository}:2.0`;
	const message = `Back-off pulling image "${image}": ErrImagePull: failed to pull and unpack image "${image}": failed to copy: httpReadSeeker: failed open: unexpected status from GET request to https://${host}/v2/${repository}/manifests/2.0: 429 Too Many Requests\ntoomanyrequests: You have reached your pull rate limit.`;
	return {
		metadata: { uid: 'pod-1', namespace: 'shop', name: 'cart-7d9f' },
		spec: { containers: [{ name: 'web', image }] },
		status: {
			phase: 'Pending',
			containerStatuses: [
				{ name: 'web', image, imageID: '', state: { waiting: { reason: 'ImagePullBackOff', message } } },
			],
		},
	};
}

/** Starts everything and waits until all agents serve. `interval` is that of their attempts: `5s`. */
export async function startFleet(interval: string): Promise<Fleet> {
	await using stack = new AsyncDisposableStack();
	const servers = await startServers(stack);
	const cluster = Object.entries(zones).map(([name, zone]) => {
		const pods = name === 'worker-3' ? [waitingPod(servers.hosts.hub)] : [];
		return [name, { zone, pods }] as const;
	});
	const api = await startClusterApi(stack, Object.fromEntries(cluster));
	const nodes = await Promise.all(
		troubles.map((trouble) => makeFleetNode(stack, servers, trouble, { interval, account: api.account })),
	);
	const agents = nodes.map(({ name, configuration, root }) => {
		const environment = { ...api.environment, NODE_NAME: name };
		return stack.adopt(startAgent(configuration, root, { environment, logLevel: 'error' }), ({ stop }) => stop());
	});
	await Promise.all(agents.map(({ ready }, at) => ready(`http://${nodes[at]?.listen}/healthz`)));
	const owned = stack.move();
	return {
		servers,
		nodes,
		agents,
		faults: faultsOf(nodes, servers),
		[Symbol.asyncDispose]: () => owned.disposeAsync(),
	};
}

function faultsOf(nodes: readonly FleetNode[], { exhaustLimited }: Servers): readonly Fault[] {
	const cutOff = nodes.find(({ name }) => name === 'worker-2');
	return [
		makeFault(
			{ name: 'link', key: 'l', title: 'worker-2 is cut off', reads: 'registry tcp tcp_timeout' },
			(on) => cutOff?.mend(!on),
			{ on: true },
		),
		makeFault(
			{ name: 'quota', key: 'q', title: 'worker-3: no quota', reads: 'registry manifest rate_limited' },
			exhaustLimited,
			{ on: true },
		),
	];
}

/** The registries of the fleet by name. */
export const registries = [names.hub, names.open] as const;
