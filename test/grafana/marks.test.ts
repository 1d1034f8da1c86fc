import { expect, test } from 'vitest';
import { marksOf } from './marks.ts';

const metric = { registry: 'docker.io' };
const at = (...points: readonly (readonly [number, string])[]) => marksOf([{ metric, values: points }], 60);

test('points that follow each other are one mark, from the first to the last', () => {
	expect(at([60, '1'], [120, '2'], [180, '1'])).toEqual([{ from: 60, to: 180, labels: metric }]);
});

test('a gap makes two, and what is 0 is none', () => {
	expect(at([60, '1'], [120, '0'], [180, '1'], [300, '1'])).toEqual(
		[60, 180, 300].map((from) => ({ from, to: from, labels: metric })),
	);
	expect(at([60, '0'], [120, 'NaN'])).toEqual([]);
});

test('series have marks of their own', () => {
	const other = { registry: 'quay.io' };
	const series = [metric, other].map((each) => ({ metric: each, values: [[60, '1']] as const }));
	expect(marksOf(series, 60).map(({ labels }) => labels)).toEqual([metric, other]);
});
