import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readGoDuration } from '../../src/registry/goDuration.ts';

test.each([
	['0', 0],
	['0s', 0],
	['12h', 43_200],
	['6h0m0s', 21_600],
	['1.5s', 1.5],
	['.5m', 30],
	['1.h', 3600],
	['250ms', 0.25],
	['3us', 3e-6],
	['3µs', 3e-6],
	['1h30m', 5400],
	['-5m', -300],
	['+5m', 300],
])('%s is %d s', (text, seconds) => {
	expect(readGoDuration(text)).toBeCloseTo(seconds, 9);
});

test.each(['', '5', '1d', 'h', '.s', '5 m', '1h ', '--1s', '1,5s', '1e3s'])('%j is no duration', (text) => {
	expect(readGoDuration(text)).toBeUndefined();
});

test('any text is a number or none', () => {
	fc.assert(
		fc.property(fc.string(), (text) => {
			const seconds = readGoDuration(text);
			expect(seconds === undefined || Number.isFinite(seconds)).toBe(true);
		}),
	);
});
