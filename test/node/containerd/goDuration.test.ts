import fc from 'fast-check';
import { expect, test } from 'vitest';

import { goDuration } from '../../../src/node/containerd/goDuration.ts';

test.each<[string, number | undefined]>([
	['1s', 1],
	['1m30s', 90],
	['1.5h', 5400],
	['.5s', 0.5],
	['1.s', 1],
	['-1m', -60],
	['+2s', 2],
	['0', 0],
	['-0', 0],
	['500ms', 0.5],
	['1µs', 1e-6],
	['', undefined],
	['-', undefined],
	['1', undefined],
	['s', undefined],
	['1 s', undefined],
	['1d', undefined],
	['1s2', undefined],
	['.s', undefined],
	['soon', undefined],
	['\u0000', undefined],
])('%j', (text, seconds) => {
	expect(goDuration(text)).toBe(seconds);
});

test('any text is a number of seconds or none', () => {
	const part = fc.constantFrom('1', '.', 's', 'm', 'h', 'ms', '-', '+', '0', ' ');
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				fc.array(part).map((parts) => parts.join('')),
			),
			(text) => {
				const seconds = goDuration(text);
				expect(seconds === undefined || Number.isFinite(seconds)).toBe(true);
			},
		),
	);
});
