import { expect, test } from 'vitest';
import { growthOf, quartersOf } from './flat.ts';

const saw = Array.from({ length: 40 }, (_, at) => 60 + (at % 5));

test('what goes up and down is flat', () => {
	expect(growthOf(saw, 'floor')).toBe(0);
	expect(growthOf(saw, 'ceiling')).toBe(0);
});

test('warming up is no growth', () => {
	expect(
		growthOf(
			saw.map((value, at) => (at < 10 ? value / 2 : value)),
			'floor',
		),
	).toBe(0);
});

test('a leak below the noise of a saw is growth', () => {
	expect(
		growthOf(
			saw.map((value, at) => value + at / 10),
			'floor',
		),
	).toBe(2);
});

test('the highest value of a quarter counts where a bound is asked for', () => {
	expect(growthOf([...saw.slice(0, 39), 90], 'ceiling')).toBe(26);
});

test('a handful of values is refused', () => {
	expect(() => quartersOf([1, 2, 3])).toThrow(RangeError);
});
