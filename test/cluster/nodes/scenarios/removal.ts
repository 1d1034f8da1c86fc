import { expect, test } from 'vitest';
import { kubectl } from '../../../kubernetes/kubectl.ts';
import { agentOf } from '../seen.ts';
import type { Here } from '../suite.ts';
import { closeSecrets } from '../team.ts';
import { conditionsAre } from '../told.ts';

const policies = 'validatingadmissionpolicies,validatingadmissionpolicybindings';
const kinds = `namespaces,clusterroles,clusterrolebindings,roles,rolebindings,priorityclasses,${policies}`;

const withoutCondition = { status: { conditions: [{ type: 'RegistriesReachable', $patch: 'delete' }] } };

/** The end of it. */
export function removal(here: Here): void {
	test('nothing is left in the cluster or on the nodes when it is removed', async () => {
		const cluster = here();
		const left = async () => {
			const labelled = ['--selector', 'app.kubernetes.io/part-of=registry-probe', '--all-namespaces'];
			return (await kubectl(cluster.access, ['get', kinds, ...labelled, '--output', 'name'])).stdout
				.trim()
				.split('\n')
				.filter(Boolean);
		};
		expect((await left()).length).toBeGreaterThan(4);
		// As docs/kubernetes.md has it: the agents first, as long as they may still say that they have ended.
		const { name: agents } = cluster.onHosts;
		await kubectl(cluster.access, ['delete', 'daemonset', agents, '--namespace', agents, '--cascade=foreground']);
		await conditionsAre(cluster, ...cluster.nodes.map(() => 'Unknown'));
		await closeSecrets(cluster);
		await cluster.onPods.remove();
		await cluster.onHosts.remove();
		expect(await left()).toEqual([]);
		for (const { name } of cluster.nodes) {
			const patch = ['--subresource=status', '--type=strategic', '--patch', JSON.stringify(withoutCondition)];
			await kubectl(cluster.access, ['patch', 'node', name, ...patch]);
		}
		await conditionsAre(cluster, ...cluster.nodes.map(() => ''));
		for (const node of cluster.nodes) expect(await agentOf(node).isGone()).toBe(true);
	});
}
