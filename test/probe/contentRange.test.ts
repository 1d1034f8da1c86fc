import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readContentRange } from '../../src/probe/http/contentRange.ts';

test.each([
	['bytes 0-499/1234', { first: 0, last: 499, size: 1234 }],
	['Bytes 5-9/*', { first: 5, last: 9 }],
	['bytes */1234', undefined],
	['bytes 0-499', undefined],
	['lines 0-4/9', undefined],
	[undefined, undefined],
])('%s', (value, range) => {
	expect(readContentRange(value)).toEqual(range);
});

test('any text is a range or none', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.stringMatching(/^bytes [0-9*-]+[/][0-9*]+$/)), (value) => {
			const { first = 0, last = 0 } = readContentRange(value) ?? {};
			expect(Number.isSafeInteger(first) && Number.isSafeInteger(last)).toBe(true);
		}),
	);
});
