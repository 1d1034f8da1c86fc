import { expect, test } from 'vitest';
import { median, quantile } from '../../bench/numbers.ts';

test('the median of an even number of values lies between the two in the middle', () => {
	expect(median([4, 1, 3, 2])).toBe(2.5);
	expect(median([9, 1, 5])).toBe(5);
});

test('a quantile is one of the values', () => {
	const values = Array.from({ length: 101 }, (_, at) => 100 - at);
	expect(quantile(values, 0.95)).toBe(95);
	expect(quantile([7], 0.95)).toBe(7);
});

test('there is no median of nothing', () => {
	expect(() => median([])).toThrow(RangeError);
});
