import { expect, test } from 'vitest';

import { aStore, aTarget } from '../store/literals.ts';
import { aView, seriesOf } from './metricsWorld.ts';

const about = { registry: 'r.example', namespace: 'shop', secret: 'regcred' };
const labels = 'registry="r.example",namespace="shop",secret="regcred"';

test('a secret that works, one that does not, and one of which nothing is known', async () => {
	const store = aStore();
	const view = aView(store);
	expect(await seriesOf(view, 'pull_secret_success')).toEqual([]);
	store.setPullSecrets([{ ...about, success: true }]);
	expect(await seriesOf(view, 'pull_secret_success')).toEqual([`{${labels}} 1`]);
	expect(await seriesOf(view, 'pull_secret_failure')).toEqual([]);
	store.setPullSecrets([{ ...about, success: false, reason: 'auth_rejected' }]);
	expect(await seriesOf(view, 'pull_secret_success')).toEqual([`{${labels}} 0`]);
	expect(await seriesOf(view, 'pull_secret_failure')).toEqual([`{${labels},reason="auth_rejected"} 1`]);
	store.setPullSecrets([about]);
	expect(await seriesOf(view, 'pull_secret_success')).toEqual([]);
	expect(await seriesOf(view, 'pull_secret_failure')).toEqual([]);
});

test('when a login ends is told beside the logins of targets, whether or not its registry is planned', async () => {
	const target = aTarget();
	const store = aStore(target);
	const view = aView(store);
	store.setLogin(target.id, { source: 'file', notAfter: 1_900_000_000 });
	store.setPullSecrets([{ ...about, notAfter: 1_800_000_000 }]);
	expect(await seriesOf(view, 'credential_not_after_timestamp_seconds')).toEqual([
		'{registry="docker.io",source="file"} 1900000000',
		'{registry="r.example",source="secret shop/regcred"} 1800000000',
	]);
	store.setPullSecrets([]);
	expect(await seriesOf(view, 'credential_not_after_timestamp_seconds')).toHaveLength(1);
});
