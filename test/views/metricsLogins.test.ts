import { expect, test } from 'vitest';

import { aStore, aTarget } from '../store/literals.ts';
import { aView, seriesOf } from './metricsWorld.ts';

const upstream = aTarget();
const mirror = aTarget({ host: 'mirror.example', via: 'mirror' });

test('of the logins of one source the first that ends is told, once for a registry', async () => {
	const store = aStore(upstream, mirror);
	store.setLogin(upstream.id, { source: 'provider:ecr', notAfter: 2_000_000_000 });
	store.setLogin(mirror.id, { source: 'provider:ecr', notAfter: 1_900_000_000 });
	expect(await seriesOf(aView(store), 'credential_not_after_timestamp_seconds')).toEqual([
		'{registry="docker.io",source="provider:ecr"} 1900000000',
	]);
});

test('a login that does not say when it ends, and one that is gone, has no series', async () => {
	const store = aStore(upstream, mirror);
	const view = aView(store);
	store.setLogin(upstream.id, { source: 'file' });
	store.setLogin(mirror.id, { source: 'runtime', notAfter: 1_900_000_000 });
	expect(await seriesOf(view, 'credential_not_after_timestamp_seconds')).toHaveLength(1);
	store.setLogin(mirror.id, undefined);
	expect(await seriesOf(view, 'credential_not_after_timestamp_seconds')).toEqual([]);
});

test('a provider is told from its first run on', async () => {
	const store = aStore();
	const view = aView(store);
	expect(await seriesOf(view, 'credential_provider_failures_total')).toEqual([]);
	store.recordProvider({ provider: 'ecr', seconds: 0.25, failed: false });
	expect(await seriesOf(view, 'credential_provider_failures_total')).toEqual(['{provider="ecr"} 0']);
	expect(await seriesOf(view, 'credential_provider_duration_seconds')).toEqual(['{provider="ecr"} 0.25']);
});
