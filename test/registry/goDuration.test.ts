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
	['-0', 0],
	['.5s', 0.5],
	['1m30s', 90],
	['+5m', 300],
])('%s is %d s', (text, seconds) => {
	expect(readGoDuration(text)).toBeCloseTo(seconds, 9);
});

test.each(['', '-', '5', '1s2', 'soon', '\u0000', '1d', 'h', '.s', '5 m', '1h ', '--1s', '1,5s', '1e3s'])(
	'%j is no duration',
	(text) => {
		expect(readGoDuration(text)).toBeUndefined();
	},
);

test('any text is a number or none', () => {
	const piece = fc.constantFrom('1', '.', 's', 'm', 'h', 'ms', '-', '+', '0', ' ');
	const pieces = fc.array(piece).map((parts) => parts.join(''));
	fc.assert(
		fc.property(fc.oneof(fc.string(), pieces), (text) => {
			const seconds = readGoDuration(text);
			expect(seconds === undefined || Number.isFinite(seconds)).toBe(true);
		}),
	);
});
