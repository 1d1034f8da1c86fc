import { type Authority, createAuthority } from '../../fakes/authority.ts';
import type { Access } from '../../kubernetes/controlPlane.ts';
import { Namespaces } from '../../netns/namespace.ts';
import { addressesOf, hub } from './addresses.ts';
import { Api, is } from './api.ts';
import { onHosts, onPods } from './configurations.ts';
import { eventually } from './eventually.ts';
import { makeHub, plugIn } from './hub.ts';
import { kubeconfigOf } from './identity.ts';
import { imageOf, pauseImage } from './images.ts';
import { Installation } from './installation.ts';
import { ClusterNode } from './node.ts';
import { startWholePlane, type WholePlane } from './plane.ts';
import type { Prepared } from './prepared.ts';
import { type Registries, startRegistries } from './registries.ts';

/** Seconds that a node may take until it is ready: 8 on an idle machine. */
const patience = 120;

/** A cluster with nodes, the agents on them and the registries that they pull from. */
export interface Cluster extends AsyncDisposable {
	readonly access: Access;
	readonly api: Api;
	readonly registries: Registries;
	/** In the order of their names; one that is added comes last. */
	readonly nodes: readonly ClusterNode[];
	/** The agents on the nodes' own network. */
	readonly onHosts: Installation;
	/** Those on the network of pods. */
	readonly onPods: Installation;
	/** Starts one more node and waits until it is ready. */
	addNode(): Promise<ClusterNode>;
	/** All that was broken on networks and at registries works again. */
	heal(): Promise<void>;
}

/** Builds a cluster of three nodes, without the agents. All of it ends when it is disposed of. */
export async function makeCluster(prepared: Prepared): Promise<Cluster> {
	await using stack = new AsyncDisposableStack();
	const namespaces = stack.use(new Namespaces());
	await makeHub();
	const trust = await createAuthority();
	const registries = stack.use(await startRegistries(trust, imageOf(prepared.nodePrograms.pause)));
	const whole = stack.use(await startWholePlane(prepared));
	const { access } = whole.plane;
	const api = new Api(access);
	const nodes = stack.use(new Nodes({ prepared, namespaces, whole, trust }));
	await Promise.all([nodes.start(), nodes.start(), nodes.start()]);
	for (const node of nodes.all) await becomesReady(api, node);
	const [hosts, pods] = [new Installation(access, onHosts), new Installation(access, onPods(trust.pem))];
	for (const each of [hosts, pods]) stack.use(each);
	const owned = stack.move();
	return {
		access,
		api,
		registries,
		nodes: nodes.all,
		onHosts: hosts,
		onPods: pods,
		async addNode() {
			const node = await nodes.start();
			await becomesReady(api, node);
			return node;
		},
		async heal() {
			registries.limited.clear();
			await Promise.all(nodes.all.map(async ({ firewall }) => await firewall.heal()));
		},
		[Symbol.asyncDispose]: async () => await owned.disposeAsync(),
	};
}

interface Surroundings {
	readonly prepared: Prepared;
	readonly namespaces: Namespaces;
	readonly whole: WholePlane;
	/** Who vouches for the registries. */
	readonly trust: Authority;
}

/** Nodes with names and addresses by the order in which they are started. */
class Nodes implements AsyncDisposable {
	readonly all: ClusterNode[] = [];
	readonly #surroundings: Surroundings;
	#started = 0;

	constructor(surroundings: Surroundings) {
		this.#surroundings = surroundings;
	}

	async start(): Promise<ClusterNode> {
		const number = ++this.#started;
		const name = `node-${'abcdefgh'[number - 1]}`;
		const { prepared, namespaces, whole, trust } = this.#surroundings;
		const { access } = whole.plane;
		const port = Number(new URL(access.server).port);
		const namespace = await plugIn(namespaces, name, number, { address: hub, port });
		const { own: address, pods } = addressesOf(number);
		const wish = {
			name,
			address,
			pods,
			cgroup: `${prepared.cgroup}/${name}`,
			nameserver: hub,
			trusted: trust.pem,
			clientAuthority: whole.clientAuthority.pem,
			kubeconfig: await kubeconfigOf(whole.clientAuthority, access, `system:node:${name}`, 'system:nodes'),
			pauseImage,
		};
		const parts = { namespace, usr: prepared.nodePrograms.usr, images: prepared.images, zone: `zone-${number}` };
		const node = new ClusterNode(wish, parts);
		this.all.push(node);
		this.all.sort((one, other) => one.name.localeCompare(other.name));
		return node;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await Promise.all(this.all.map(async (node) => await node[Symbol.asyncDispose]()));
	}
}

async function becomesReady(api: Api, node: ClusterNode): Promise<void> {
	const ready = async () => {
		const object = (await api.nodes()).find(({ metadata }) => metadata.name === node.name);
		return object !== undefined && is(object, 'Ready');
	};
	await eventually(`${node.name} is ready`, ready, patience, () => node.told);
}
