import { expect, test } from 'vitest';

import { aStore } from '../store/literals.ts';
import { aView, seriesOf } from './metricsWorld.ts';

test('nothing is said of a node that is not known', async () => {
	const view = aView(aStore());
	for (const metric of ['node_info', 'node_created_timestamp_seconds', 'cluster_last_sync_timestamp_seconds'])
		expect(await seriesOf(view, metric)).toEqual([]);
});

test('what the node and the cluster say', async () => {
	const store = aStore();
	const cluster = { zone: 'eu-1a', region: 'eu-1', instanceType: 'm5.large', createdAt: 1_500_000 };
	store.setNode({ ...cluster, runtime: 'containerd/2.4.2', kernel: '6.8.0' });
	store.setClusterSync(2_500_000);
	const view = aView(store);
	expect(await seriesOf(view, 'node_info')).toEqual([
		'{zone="eu-1a",region="eu-1",instance_type="m5.large",runtime="containerd/2.4.2",kernel="6.8.0"} 1',
	]);
	expect(await seriesOf(view, 'node_created_timestamp_seconds')).toEqual(['{} 1500']);
	expect(await seriesOf(view, 'cluster_last_sync_timestamp_seconds')).toEqual(['{} 2500']);
});

test('what nobody says is empty', async () => {
	const store = aStore();
	store.setNode({ kernel: '6.8.0' });
	expect(await seriesOf(aView(store), 'node_info')).toEqual([
		'{zone="",region="",instance_type="",runtime="",kernel="6.8.0"} 1',
	]);
});

test('a cluster that is no longer asked has no last time', async () => {
	const store = aStore();
	store.setClusterSync(2_500_000);
	store.setClusterSync(undefined);
	expect(await seriesOf(aView(store), 'cluster_last_sync_timestamp_seconds')).toEqual([]);
	expect(store.agent()).not.toHaveProperty('clusterSyncedAt');
});
