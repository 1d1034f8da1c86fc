import { expect, test } from 'vitest';
import { PortForward } from '../portForward.ts';
import { agentOf, agentPod, isCalm, podAgentOf } from '../seen.ts';
import { type Here, nodesOf } from '../suite.ts';
import { createPod, runs } from '../team.ts';
import { eventually } from '../eventually.ts';

/** What the agents are once they are installed. */
export function agents(here: Here): void {
	test('an agent is on every node, knows its node, and every path works', async () => {
		const cluster = here();
		await isCalm(cluster);
		for (const [at, node] of cluster.nodes.entries()) {
			await agentPod(cluster, node);
			const [info] = await agentOf(node).series('node_info');
			expect(info?.labels).toMatchObject({
				node: node.name,
				zone: `zone-${at + 1}`,
				runtime: expect.stringMatching(/^containerd\/2\./) as unknown,
			});
		}
	});

	test('what names a node in detail answers through a port-forward, and nobody else', async () => {
		const cluster = here();
		const [, node] = nodesOf(cluster);
		const { metadata } = await agentPod(cluster, node);
		await using forward = await PortForward.to(cluster.access, metadata, 9917);
		const answer = await forward.get('/api/v1/observations');
		expect(answer.status).toBe(200);
		expect(JSON.parse(answer.body)).toMatchObject({ node: node.name });
		const direct = await fetch(`http://${node.address}:9917/api/v1/observations`);
		expect(direct.status).toBe(403);
	});

	test("a pod's registry is probed on its own node", async () => {
		const cluster = here();
		const [a, b, c] = nodesOf(cluster);
		await createPod(cluster, { name: 'app', node: c, image: 'other.test/team/app:1' });
		await runs(cluster, 'app');
		const wish = { registry: 'other.test', origin: 'discovered' };
		const found = async () => await agentOf(c).value('target_info', wish);
		await eventually('other.test is probed', async () => (await found()) === 1, 30);
		await eventually(
			'other.test answers',
			async () => (await agentOf(c).value('pull_success', { registry: 'other.test' })) === 1,
			30,
		);
		for (const node of [a, b]) expect(await agentOf(node).series('target_info', wish)).toEqual([]);
	});

	test('the agents on the network of pods reach the same registries', async () => {
		const cluster = here();
		for (const node of cluster.nodes) {
			const agent = await podAgentOf(cluster, node);
			const success = async () => (await agent.value('pull_success', { registry: 'registry.test' })) === 1;
			await eventually(`a pod of ${node.name} reaches registry.test`, success, 30);
			expect(await agent.series('build_info', { network: 'pod', node: node.name })).toHaveLength(1);
		}
	});
}
