import fc from 'fast-check';
import { expect, test } from 'vitest';

import { isPlainBlank, trimmed } from '../../src/registry/trimmed.ts';

test('takes what a pattern for both ends takes', () => {
	fc.assert(
		fc.property(fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r', '\f', '\u00a0', 'a') }), (text) => {
			expect(trimmed(text, isPlainBlank)).toBe(text.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, ''));
		}),
	);
});
