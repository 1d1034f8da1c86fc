import { expect, test } from 'vitest';
import { aStore, aTarget, anAttempt, broke, passed } from './literals.ts';

const hub = aTarget();
const hour = 3_600_000;

test('the identity that a registry saw outlives the path, for an hour', () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('registry manifest', { ratelimit: { source: '203.0.113.7' } })], { seconds: 0 }));
	store.record(anAttempt(hub, [broke('registry tcp', 'tcp_timeout')]));
	expect(store.egress(hour)).toMatchObject([{ registry: 'docker.io', source: '203.0.113.7' }]);
	expect(store.egress(hour + 1)).toEqual([]);
});

test('the last identity wins', () => {
	const store = aStore(hub);
	for (const source of ['203.0.113.7', '203.0.113.8']) {
		store.record(anAttempt(hub, [passed('registry manifest', { ratelimit: { source } })]));
	}
	expect(store.egress(0).map(({ source }) => source)).toEqual(['203.0.113.8']);
});

test('an identity goes with the last target of its registry', () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('registry manifest', { ratelimit: { source: '203.0.113.7' } })]));
	store.setPlan([]);
	expect(store.egress(0)).toEqual([]);
});

test.each([undefined, null, 'text', {}, { source: 7 }, { source: '' }])(
	'facts that name no identity are none: %j',
	(ratelimit) => {
		const store = aStore(hub);
		store.record(anAttempt(hub, [passed('registry manifest', { ratelimit })]));
		expect(store.egress(0)).toEqual([]);
	},
);
