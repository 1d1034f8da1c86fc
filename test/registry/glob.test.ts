import fc from 'fast-check';
import { expect, test } from 'vitest';

import { matchesGlob } from '../../src/registry/glob.ts';

// Rows of the table that Go tests its own path.Match with, and a few more.
test.each([
	['abc', 'abc', true],
	['*', 'abc', true],
	['*c', 'abc', true],
	['a*', 'a', true],
	['a*b*c*d*e*', 'axbxcxdxexxx', true],
	['a*b?c*x', 'abxbbxdbxebxczzx', true],
	['a*b?c*x', 'abxbbxdbxebxczzy', false],
	['ab[c]', 'abc', true],
	['ab[b-d]', 'abc', true],
	['ab[e-g]', 'abc', false],
	['ab[^c]', 'abc', false],
	['ab[^e-g]', 'abc', true],
	['a\\*b', 'a*b', true],
	['a\\*b', 'ab', false],
	['a?b', 'a☺b', true],
	['a[^a]b', 'a☺b', true],
	['a???b', 'a☺b', false],
	['[a-ζ]*', 'α', true],
	['[\\]a]', ']', true],
	['[x\\-]', '-', true],
	['*x', 'xxx', true],
	['**', 'abc', true],
	['', '', true],
	['', 'a', false],
	['*', '', true],
	['[]a]', ']', false],
	['[-]', '-', false],
	['[x-]', 'x', false],
	['[-x]', 'x', false],
	['[', 'a', false],
	['[^', 'a', false],
	['[^bc', 'a', false],
	['a[', 'a', false],
	['\\', 'a', false],
])('%s takes %s: %s', (pattern, text, expected) => {
	expect(matchesGlob(pattern, text)).toBe(expected);
});

test('a text without signs takes itself alone', () => {
	const plain = fc.stringMatching(/^[a-z0-9-]{0,30}$/);
	fc.assert(
		fc.property(plain, plain, (a, b) => {
			expect(matchesGlob(a, a)).toBe(true);
			expect(matchesGlob(a, b)).toBe(a === b);
		}),
	);
});

test('many stars cost no more than their number', () => {
	const before = performance.now();
	expect(matchesGlob('*a'.repeat(1000), 'a'.repeat(2000))).toBe(true);
	expect(matchesGlob(`${'*a'.repeat(1000)}b`, 'a'.repeat(2000))).toBe(false);
	expect(performance.now() - before).toBeLessThan(20_000);
});
