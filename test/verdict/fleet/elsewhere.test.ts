import { expect, test } from 'vitest';
import { elsewhereOf } from '../../../src/verdict/fleet/elsewhere.ts';
import { aNode, timeout } from './reports.ts';

test('a fault of this node alone is only here', () => {
	const reports = [aNode('here', { fault: timeout }), aNode('n1'), aNode('n2')];
	expect(elsewhereOf('docker.io', 'here', reports)).toEqual({
		registry: 'docker.io',
		here: { success: false, fault: timeout },
		others: 2,
		working: 2,
		scope: 'node',
	});
});

test('a fault of the zone is the zone', () => {
	const broken = ['here', 'n1', 'n2'].map((name) => aNode(name, { zone: 'b', fault: timeout }));
	const reports = [...broken, ...['n3', 'n4', 'n5'].map((name) => aNode(name, { zone: 'a' }))];
	expect(elsewhereOf('docker.io', 'here', reports)).toMatchObject({ others: 5, working: 3, scope: 'zone', zone: 'b' });
});

test('without others nothing is said about them', () => {
	expect(elsewhereOf('docker.io', 'here', [aNode('here', { fault: timeout })])).toEqual({
		registry: 'docker.io',
		here: { success: false, fault: timeout },
		others: 0,
		working: 0,
	});
});

test('a registry is known by its images, whatever it is called', () => {
	const image = 'docker.io/library/hello-world:latest';
	const report = { node: 'n1', mirrors: [], pulls: [{ registry: 'hub', image, success: true }] };
	expect(elsewhereOf('docker.io', 'here', [report])).toEqual({ registry: 'docker.io', others: 1, working: 1 });
	expect(elsewhereOf('ghcr.io', 'here', [report])).toEqual({ registry: 'ghcr.io', others: 0, working: 0 });
});
