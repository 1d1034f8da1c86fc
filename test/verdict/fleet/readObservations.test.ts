import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readObservations } from '../../../src/verdict/fleet/readObservations.ts';

const image = 'docker.io/library/hello-world:latest';
const ratelimit = { limit: 100, remaining: 8, windowSeconds: 21_600, source: '203.0.113.7' };
const manifest = {
	role: 'registry',
	stage: 'manifest',
	peer: 'registry-1.docker.io',
	outcome: 'success',
	facts: { ratelimit },
};
const refused = {
	role: 'registry',
	stage: 'tcp',
	peer: 'mirror.corp',
	outcome: 'failure',
	reason: 'tcp_refused',
	detail: '',
};
const upstream = { registry: 'docker.io', host: 'registry-1.docker.io', image, success: true, records: [manifest] };
const mirror = { registry: 'docker.io', host: 'mirror.corp', image, success: false, records: [refused] };
const pull = { registry: 'docker.io', image, success: true, via: 'registry-1.docker.io', delaySeconds: 1.5 };
const document = { version: 1, node: 'other', pulls: [pull], observations: [mirror, upstream] };

test('a document is read as the node that the cluster knows', () => {
	expect(readObservations(document, 'n1', 'a')).toEqual({
		node: 'n1',
		zone: 'a',
		pulls: [
			{
				registry: 'docker.io',
				image,
				success: true,
				delaySeconds: 1.5,
				quota: { remaining: 8, limit: 100 },
				source: '203.0.113.7',
			},
		],
		mirrors: [
			{
				registry: 'docker.io',
				host: 'mirror.corp',
				success: false,
				fault: { host: 'mirror.corp', role: 'registry', stage: 'tcp', reason: 'tcp_refused' },
			},
		],
	});
});

test('a fault is told with the host that really failed', () => {
	const blame = { host: 'registry-1.docker.io', role: 'token', stage: 'tcp', reason: 'tcp_timeout' };
	const failed = { ...blame, peer: 'auth.docker.io', outcome: 'failure', detail: '' };
	const read = readObservations(
		{
			...document,
			pulls: [{ registry: 'docker.io', image, success: false, blame }],
			observations: [{ ...upstream, success: false, records: [failed] }],
		},
		'n1',
	);
	expect(read?.pulls).toEqual([
		{ registry: 'docker.io', image, success: false, fault: { ...blame, host: 'auth.docker.io' } },
	]);
});

test('the one host that a registry was given is no mirror', () => {
	expect(readObservations({ ...document, observations: [mirror] }, 'n1')?.mirrors).toEqual([]);
});

test.each([
	[undefined],
	[null],
	[[]],
	[{}],
	[{ version: 2, pulls: [], observations: [] }],
	[{ version: 1, pulls: [] }],
])('%j is no such document', (value) => {
	expect(readObservations(value, 'n1')).toBeUndefined();
});

test('whatever an agent answers is bounded and can be shown', () => {
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.constant(`\u001b[31m${'x'.repeat(5000)}`),
		fc.constant(image),
	);
	const record = fc.dictionary(
		fc.constantFrom('role', 'stage', 'peer', 'outcome', 'reason', 'facts'),
		fc.oneof(text, fc.jsonValue()),
	);
	const observation = fc.record({
		registry: text,
		host: text,
		image: text,
		success: fc.boolean(),
		records: fc.array(record, { maxLength: 4 }),
	});
	const documents = fc.record({
		version: fc.constant(1),
		pulls: fc.array(fc.record({ registry: text, image: text, success: fc.boolean(), blame: fc.jsonValue() }), {
			maxLength: 5,
		}),
		observations: fc.array(fc.oneof(observation, fc.jsonValue()), { maxLength: 5 }),
	});
	fc.assert(
		fc.property(documents, (value) => {
			const { pulls = [] } = readObservations(value, 'n1') ?? {};
			expect(JSON.stringify(pulls)).not.toMatch(/\\u00(?:0|1|7f|8|9)/);
			expect(Math.max(0, ...pulls.map(({ registry }) => registry.length))).toBeLessThanOrEqual(300);
		}),
	);
});
