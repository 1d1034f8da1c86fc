import fc from 'fast-check';
import { expect, test } from 'vitest';

import { matchesGlob, readGlob } from '../../src/registry/glob.ts';
import { timeOf } from '../processorTime.ts';

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
	['*.toml', 'a.toml', true],
	['*.toml', '.toml', true],
	['*.toml', 'a.toml~', false],
	['*', '.hidden', true],
	['a?c', 'abc', true],
	['a?c', 'ac', false],
	['[a-c]x', 'bx', true],
	['[^a-c]x', 'bx', false],
	['[^a-c]x', 'dx', true],
	['[ab-]', '-', false],
	['a\\*', 'a*', true],
	['a\\*', 'ab', false],
	['[\\]]', ']', true],
	['*a*b*', 'xxaxxbxx', true],
	['*a*b*', 'xxbxxaxx', false],
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

test.each(['[', '[a', '[]a]', '[a-', '[-a]', 'a\\', '[^]'])('Go refuses %s', (pattern) => {
	expect(readGlob(pattern)).toBeUndefined();
});

test('any pattern ends soon', () => {
	const part = fc.constantFrom('*', '?', '[', ']', '-', '^', '\\', 'a', 'b');
	fc.assert(
		fc.property(
			fc.array(part, { maxLength: 40 }),
			fc.array(fc.constantFrom('a', 'b'), { maxLength: 255 }),
			(pattern, name) => {
				expect(timeOf(() => readGlob(pattern.join(''))?.(name.join('')))).toBeLessThan(200);
			},
		),
	);
});

test('a name fits itself with its characters escaped, and any number of stars', () => {
	const name = fc.string({ minLength: 1 });
	fc.assert(
		fc.property(name, (text) => {
			const escaped = text.replace(/[*?[\\]/g, '\\$&');
			expect(readGlob(escaped)?.(text)).toBe(true);
			expect(readGlob(`*${escaped}**`)?.(text)).toBe(true);
		}),
	);
});
