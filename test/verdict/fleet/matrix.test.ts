import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matrixOf } from '../../../src/verdict/fleet/matrix.ts';
import { aNode, fleets, timeout } from './reports.ts';

test('nodes that find the same share a row; the odd ones come first', () => {
	const { columns, rows } = matrixOf([
		aNode('n3', { zone: 'b' }),
		aNode('n2', { zone: 'a' }),
		aNode('n1', { zone: 'c', fault: timeout }),
	]);
	expect(columns).toEqual([{ kind: 'registry', name: 'docker.io' }]);
	expect(rows).toEqual([
		{ state: 'broken', nodes: ['n1'], zones: ['c'], cells: [{ state: 'broken', fault: timeout }] },
		{ state: 'works', nodes: ['n2', 'n3'], zones: ['a', 'b'], cells: [{ state: 'works' }] },
	]);
});

test('what one address has left is one row, with the least that any of its nodes was told', () => {
	const low = (node: string, remaining: number) => ({
		...aNode(node),
		pulls: [{ registry: 'docker.io', success: true, source: '192.0.2.1', quota: { remaining, limit: 100 } }],
	});
	expect(matrixOf([low('n1', 9), low('n2', 8)]).rows).toMatchObject([
		{ state: 'warned', nodes: ['n1', 'n2'], cells: [{ state: 'low', quota: { remaining: 8 } }] },
	]);
});

test('a registry that some nodes do not probe is absent there, a mirror has a column of its own', () => {
	const mirrored = {
		...aNode('n1'),
		mirrors: [
			{ registry: 'docker.io', host: 'mirror.corp', success: false, fault: { ...timeout, host: 'mirror.corp' } },
		],
	};
	const { columns, rows } = matrixOf([mirrored, aNode('n2')]);
	expect(columns).toEqual([
		{ kind: 'registry', name: 'docker.io' },
		{ kind: 'mirror', name: 'mirror.corp' },
	]);
	expect(rows).toMatchObject([
		{ state: 'warned', nodes: ['n1'], cells: [{ state: 'works' }, { state: 'broken' }] },
		{ state: 'works', nodes: ['n2'], cells: [{ state: 'works' }, { state: 'absent' }] },
	]);
});

test('what a node does not try sets it apart from no other', () => {
	const tries = (node: string, ...registries: readonly string[]) => ({
		node,
		mirrors: [],
		pulls: registries.map((registry) => ({ registry, success: true })),
	});
	const { rows } = matrixOf([tries('n1', 'a', 'b'), tries('n2', 'b', 'c'), tries('n3')]);
	expect(rows).toMatchObject([
		{ nodes: ['n1', 'n2', 'n3'], cells: [{ state: 'works' }, { state: 'works' }, { state: 'works' }] },
	]);
});

test('every node is in one row, a cell for each column, whatever the order', () => {
	const shuffled = fleets.chain((reports) =>
		fc.tuple(fc.constant(reports), fc.shuffledSubarray(reports, { minLength: reports.length }), fc.boolean()),
	);
	fc.assert(
		fc.property(shuffled, ([reports, others, unfolded]) => {
			const matrix = matrixOf(reports, unfolded);
			expect(matrixOf(others, unfolded)).toEqual(matrix);
			const nodes = matrix.rows.flatMap((row) => row.nodes);
			expect(nodes.toSorted()).toEqual(reports.map(({ node }) => node).toSorted());
			for (const { cells } of matrix.rows) expect(cells).toHaveLength(matrix.columns.length);
			expect(matrix.rows.length).toBeGreaterThanOrEqual(unfolded ? reports.length : Math.min(1, reports.length));
		}),
	);
});
