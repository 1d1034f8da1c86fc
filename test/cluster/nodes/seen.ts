import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { Agent } from './agents.ts';
import { is, type Pod } from './api.ts';
import type { Cluster } from './cluster.ts';
import { configured } from './configurations.ts';
import { eventually } from './eventually.ts';
import type { ClusterNode } from './node.ts';

/** Seconds within which agents show what has changed: they look every two seconds, and wait two for an answer. */
const promised = 30;

/** The agent on a node's own network. */
export const agentOf = ({ address }: ClusterNode) => new Agent(address);

/** The agent on the network of pods that is on this node. */
export async function podAgentOf(cluster: Cluster, node: ClusterNode): Promise<Agent> {
	const { podIP } = (await agentPod(cluster, node, cluster.onPods.name)).status;
	if (podIP === undefined) throw new Error(`the agent on the network of pods has no address on ${node.name}`);
	return new Agent(podIP);
}

/** The pod of an agent on a node. Rejects where there is not exactly one that is ready. */
export async function agentPod({ api, onHosts }: Cluster, node: ClusterNode, name = onHosts.name): Promise<Pod> {
	const pods = await api.pods(name);
	const here = pods.filter((pod) => pod.spec.nodeName === node.name && is(pod, 'Ready'));
	const [pod] = here;
	if (!pod || here.length > 1) throw new Error(`${here.length} agents of ${name} are ready on ${node.name}`);
	return pod;
}

/** What fails by the word of each agent on its node's own network: `registry role stage reason`. */
export type Faults = Readonly<Record<string, readonly string[]>>;

async function faultsOf({ nodes }: Cluster): Promise<Faults> {
	const each = nodes.map(async (node) => [node.name, await agentOf(node).failures()] as const);
	return Object.fromEntries((await Promise.all(each)).filter(([, failures]) => failures.length > 0));
}

/** Waits until exactly these nodes show exactly this, and looks that it stays so. */
export async function shows(cluster: Cluster, faults: Faults): Promise<void> {
	const same = async () => JSON.stringify(await faultsOf(cluster)) === JSON.stringify(faults);
	await eventually(`faults ${JSON.stringify(faults)}`, same, promised, async () => {
		return JSON.stringify(await faultsOf(cluster));
	});
	for (let looks = 0; looks < 3; looks++) {
		await sleep(1000);
		expect(await faultsOf(cluster)).toEqual(faults);
	}
	await pullsSucceedBut(cluster, faults);
}

/** A pull would succeed everywhere but from the registries that these nodes show to fail. */
async function pullsSucceedBut({ nodes }: Cluster, faults: Faults): Promise<void> {
	for (const node of nodes) {
		const broken = new Set((faults[node.name] ?? []).map((words) => words.split(' ')[0]));
		for (const registry of configured) {
			const success = await agentOf(node).value('pull_success', { registry });
			expect({ node: node.name, registry, success }).toEqual({
				node: node.name,
				registry,
				success: broken.has(registry) ? 0 : 1,
			});
		}
	}
}

/** Nothing fails anywhere. */
export async function isCalm(cluster: Cluster): Promise<void> {
	await shows(cluster, {});
}
