import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { type Cluster, makeCluster } from './cluster.ts';
import type { ClusterNode } from './node.ts';
import { prepared } from './prepared.ts';
import { makeTeam, removePods } from './team.ts';

/** The cluster of the suite, while its tests run. */
export type Here = () => Cluster;

/** Tests that share a cluster with the agents on it, in their order. What a test broke is healed after it, its pods go. */
export function clusterSuite(body: (here: Here) => void): void {
	describe('three real nodes', () => {
		let cluster: Cluster | undefined;
		beforeAll(async () => {
			const began = performance.now();
			const told = (what: string) => {
				process.stdout.write(`${what} after ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
			};
			cluster = await makeCluster(prepared());
			told('three nodes are ready');
			await makeTeam(cluster);
			await Promise.all([cluster.onHosts.apply(), cluster.onPods.apply()]);
			told('all agents are ready');
		});
		afterEach(async () => {
			await cluster?.heal();
			if (cluster) await removePods(cluster);
		});
		afterAll(async () => await cluster?.[Symbol.asyncDispose]());
		body(() => {
			if (!cluster) throw new TypeError('the cluster is there only while a test runs');
			return cluster;
		});
	});
}

/** The nodes that a cluster begins with. */
export function nodesOf({ nodes }: Cluster): readonly [ClusterNode, ClusterNode, ClusterNode] {
	const [a, b, c] = nodes;
	if (!a || !b || !c) throw new TypeError('there are no three nodes');
	return [a, b, c];
}
