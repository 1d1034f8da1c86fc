import { expect, test } from 'vitest';
import { kubectl } from '../../../kubernetes/kubectl.ts';
import { agentOf } from '../seen.ts';
import type { Here } from '../suite.ts';
import { closeSecrets } from '../team.ts';

const policies = 'validatingadmissionpolicies,validatingadmissionpolicybindings';
const kinds = `namespaces,clusterroles,clusterrolebindings,roles,rolebindings,priorityclasses,${policies}`;

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
		await closeSecrets(cluster);
		await cluster.onPods.remove();
		await cluster.onHosts.remove();
		expect(await left()).toEqual([]);
		for (const node of cluster.nodes) expect(await agentOf(node).isGone()).toBe(true);
	});
}
