import { expect, test } from 'vitest';
import { kubectl } from '../../../kubernetes/kubectl.ts';
import { is } from '../api.ts';
import { eventually } from '../eventually.ts';
import { agentOf, agentPod, isCalm } from '../seen.ts';
import { type Here, nodesOf } from '../suite.ts';

/** What happens to nodes and agents in the life of a cluster. */
export function life(here: Here): void {
	test('a node that is added has its agent', async () => {
		const cluster = here();
		const node = await cluster.addNode();
		await cluster.onHosts.rolledOut();
		await agentPod(cluster, node);
		expect(cluster.nodes).toHaveLength(4);
		await isCalm(cluster);
		expect(await agentOf(node).series('node_info', { zone: 'zone-4' })).toHaveLength(1);
	});

	test('an agent that is killed comes back, and the others go on', async () => {
		const cluster = here();
		const [, b] = nodesOf(cluster);
		const started = async () => {
			const times = cluster.nodes.map(async (node) => await agentOf(node).value('process_start_time_seconds'));
			return await Promise.all(times);
		};
		const before = await started();
		const { metadata } = await agentPod(cluster, b);
		await cluster.api.removePod(metadata.namespace, metadata.name);
		const another = async () => (await agentPod(cluster, b)).metadata.uid !== metadata.uid;
		await eventually('another agent is ready', another, 60);
		await isCalm(cluster);
		const after = await started();
		expect(after.map((time, at) => time === before[at])).toEqual(cluster.nodes.map((node) => node !== b));
	});

	test('a new version comes to one node after the other', async () => {
		const cluster = here();
		const { name } = cluster.onHosts;
		const patch = { spec: { template: { metadata: { annotations: { version: 'next' } } } } };
		const args = ['patch', `daemonset/${name}`, '--namespace', name, '--patch', JSON.stringify(patch)];
		await kubectl(cluster.access, args);
		const ready: number[] = [];
		const done = async () => {
			const pods = await cluster.api.pods(name);
			ready.push(pods.filter((pod) => is(pod, 'Ready') && pod.metadata.deletionTimestamp === undefined).length);
			const next = pods.filter(({ metadata }) => metadata.annotations?.['version'] === 'next');
			return next.filter((pod) => is(pod, 'Ready')).length === cluster.nodes.length;
		};
		await eventually('every agent is the next one', done, 150);
		expect(Math.min(...ready)).toBe(cluster.nodes.length - 1);
		await isCalm(cluster);
	});
}
