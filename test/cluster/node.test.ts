import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readClusterNode } from '../../src/cluster/node.ts';

const nodeWith = (labels: object) => ({ metadata: { creationTimestamp: '2026-03-01T03:00:00Z', labels } });

test('zone, region, instance type and age', () => {
	const labels = {
		'topology.kubernetes.io/zone': 'eu-1a',
		'topology.kubernetes.io/region': 'eu-1',
		'node.kubernetes.io/instance-type': 'm5.large',
		'failure-domain.beta.kubernetes.io/zone': 'old',
	};
	expect(readClusterNode(nodeWith(labels))).toEqual({
		zone: 'eu-1a',
		region: 'eu-1',
		instanceType: 'm5.large',
		createdAt: Date.UTC(2026, 2, 1, 3),
	});
});

test('older clusters have other labels', () => {
	const labels = {
		'failure-domain.beta.kubernetes.io/zone': 'a',
		'failure-domain.beta.kubernetes.io/region': 'b',
		'beta.kubernetes.io/instance-type': 'c',
	};
	expect(readClusterNode(nodeWith(labels))).toMatchObject({ zone: 'a', region: 'b', instanceType: 'c' });
});

test('what is not there is absent, not empty', () => {
	const labels = { 'topology.kubernetes.io/zone': '', 'topology.kubernetes.io/region': 'x'.repeat(64) };
	expect(readClusterNode({ metadata: { creationTimestamp: 'soon', labels } })).toEqual({});
});

test('any answer is read', () => {
	const anyNode = fc.record({ metadata: fc.record({ labels: fc.jsonValue(), creationTimestamp: fc.jsonValue() }) });
	fc.assert(
		fc.property(fc.oneof(fc.jsonValue(), anyNode), (value) => {
			const { zone = '' } = readClusterNode(value);
			expect(zone.length).toBeLessThan(64);
		}),
	);
});
