import { expect } from 'vitest';
import type { PodExplanation } from '../../../src/explain/podExplanation.ts';
import { conditionOf } from './api.ts';
import type { Cluster } from './cluster.ts';
import { eventually } from './eventually.ts';
import { team } from './names.ts';
import type { ClusterNode } from './node.ts';
import { isExplained } from './ownCommand.ts';
import { agentOf } from './seen.ts';

/** A pod of the team whose image does not come, and what is to be said of it. */
export interface Told {
	readonly pod: string;
	readonly node: ClusterNode;
	readonly as: Partial<PodExplanation>;
}

/**
 * Whatever tells of the pod says the same: `explain`, an Event about it, the metrics of its own node, and of no other node.
 */
export async function isTold(cluster: Cluster, { pod, node, as }: Told): Promise<PodExplanation> {
	const explanation = await isExplained(cluster, pod, as);
	const { registry = '', cause, summary } = explanation;
	const series = async () => await agentOf(node).series('image_pull_failing');
	// What it rests on may be another thing: `explain` asks other nodes too, and proves more than one agent can.
	const same = async () =>
		(await series()).some(({ labels }) => labels['registry'] === registry && labels['cause'] === cause);
	await eventually(`a metric of ${pod}`, same, 30, async () => JSON.stringify(await series()));
	for (const other of cluster.nodes.filter((each) => each !== node)) {
		expect(await agentOf(other).series('image_pull_failing')).toEqual([]);
	}
	const isOurs = ({ reason, involvedObject }: { reason: string; involvedObject: { name: string } }) =>
		reason === 'ImagePullExplained' && involvedObject.name === pod;
	const event = await eventually(
		`an Event about ${pod}`,
		async () => (await cluster.api.events(team)).find(isOurs),
		30,
	);
	expect(event).toMatchObject({ type: 'Warning', reportingComponent: 'registry-probe' });
	expect(event.message).toContain(summary.split(/[.:]/)[0]);
	return explanation;
}

/** Waits until the condition RegistriesReachable of the nodes is this, in their order; empty: there is none. */
export async function conditionsAre({ api, nodes }: Cluster, ...statuses: readonly string[]): Promise<void> {
	const look = async () => {
		const objects = await api.nodes();
		const found = nodes.map(({ name }) => objects.find(({ metadata }) => metadata.name === name));
		return found.map((object) => object && conditionOf(object, 'RegistriesReachable')?.status);
	};
	await eventually(
		`conditions ${statuses.join(' ')}`,
		async () => String(await look()) === String(statuses),
		60,
		async () => String(await look()),
	);
}
