import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readPod } from '../../src/cluster/pod.ts';
import { aPod } from './pods.ts';

test('images of init, ephemeral and other containers, each once', () => {
	const pod = readPod(
		aPod('a', {
			spec: {
				initContainers: [{ name: 'i', image: 'init' }],
				containers: [
					{ name: 'c', image: 'app' },
					{ name: 'd', image: 'app' },
				],
				ephemeralContainers: [{ name: 'e', image: 'debug' }],
			},
		}),
	);
	expect(pod?.images.map(({ image }) => image)).toEqual(['init', 'debug', 'app']);
});

test('an image is pulled when one container has come past it', () => {
	const containers = [
		{ name: 'c', image: 'app' },
		{ name: 'd', image: 'app' },
		{ name: 'e', image: 'other' },
	];
	const containerStatuses = [
		{ name: 'c', imageID: '' },
		{ name: 'd', imageID: 'docker.io/library/app@sha256:1' },
		{ name: 'e', imageID: '' },
	];
	const pod = readPod(aPod('a', { spec: { containers }, status: { containerStatuses } }));
	expect(pod?.images).toMatchObject([
		{ image: 'app', reference: { domain: 'docker.io', repository: 'library/app', tag: 'latest' }, pulled: true },
		{ image: 'other', pulled: false },
	]);
});

test('names of pull secrets, and why containers wait', () => {
	const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image "app"' };
	const pod = readPod(
		aPod('a', {
			spec: { containers: [{ name: 'c', image: 'app' }], imagePullSecrets: [{ name: 's' }, { name: 's' }, {}] },
			status: { containerStatuses: [{ name: 'c', image: 'app', state: { waiting } }] },
		}),
	);
	expect(pod?.pullSecrets).toEqual(['s']);
	expect(pod?.waiting).toEqual([{ container: 'c', image: 'app', ...waiting }]);
});

test('nothing else is kept', () => {
	const env = [{ name: 'PASSWORD', value: 'hunter2' }];
	const pod = readPod(aPod('a', { spec: { containers: [{ name: 'c', image: 'app', env }] } }));
	expect(JSON.stringify(pod)).not.toContain('hunter2');
	expect(Object.keys(pod ?? {})).toEqual(['uid', 'namespace', 'name', 'images', 'pullSecrets', 'waiting']);
});

test.each([null, 7, [], {}, { metadata: { name: 'a' } }, { metadata: { uid: '', namespace: 'b', name: 'c' } }])(
	'%j is no pod',
	(value) => {
		expect(readPod(value)).toBeUndefined();
	},
);

test('what is kept of any pod is bounded', () => {
	const long = fc.string().map((text) => text.repeat(1000));
	const container = fc.record({ name: fc.oneof(fc.string(), fc.jsonValue()), image: fc.oneof(long, fc.jsonValue()) });
	const state = fc.record({
		name: fc.string(),
		imageID: fc.jsonValue(),
		state: fc.record({ waiting: fc.record({ reason: fc.string(), message: fc.oneof(long, fc.jsonValue()) }) }),
	});
	const many = fc.oneof(fc.array(container, { maxLength: 200 }), fc.jsonValue());
	const parts = fc.record({ containers: many, initContainers: many, imagePullSecrets: many });
	fc.assert(
		fc.property(parts, fc.record({ containerStatuses: fc.oneof(fc.array(state), fc.jsonValue()) }), (spec, status) => {
			const pod = readPod(aPod('a', { spec, status }));
			expect(JSON.stringify(pod).length).toBeLessThan(100_000);
		}),
		{ numRuns: 50 },
	);
});
