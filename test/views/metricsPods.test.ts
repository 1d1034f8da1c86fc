import { expect, test } from 'vitest';

import { aStore } from '../store/literals.ts';
import { aView, seriesOf } from './metricsWorld.ts';

const pulls = { registry: 'ghcr.io', cause: 'credentials', explained: 'image', pods: 3 };

test('pods that wait are counted while there are any', async () => {
	const store = aStore();
	const view = aView(store);
	store.setFailingPulls([pulls]);
	expect(await seriesOf(view, 'image_pull_failing')).toEqual([
		'{registry="ghcr.io",cause="credentials",explained="image"} 3',
	]);
	store.setFailingPulls([]);
	expect(await seriesOf(view, 'image_pull_failing')).toEqual([]);
});

test('messages that were not understood are counted where pods are explained', async () => {
	const store = aStore();
	const view = aView(store);
	expect(await seriesOf(view, 'messages_not_understood_total')).toEqual([]);
	store.setFailingPulls([]);
	expect(await seriesOf(view, 'messages_not_understood_total')).toEqual(['{} 0']);
	store.countStrangeMessage();
	expect(await seriesOf(view, 'messages_not_understood_total')).toEqual(['{} 1']);
	store.setFailingPulls(undefined);
	expect(await seriesOf(view, 'messages_not_understood_total')).toEqual([]);
});
