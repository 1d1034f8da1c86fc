import fc from 'fast-check';
import { expect, test } from 'vitest';

import { globPart } from '../../../src/node/containerd/glob.ts';

test.each<[string, string, boolean]>([
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
	['', '', true],
])('%s and %s', (pattern, name, expected) => {
	expect(globPart(pattern)?.(name) ?? false).toBe(expected);
});

test.each(['[', '[a', '[]a]', '[a-', '[-a]', 'a\\', '[^]'])('Go refuses %s', (pattern) => {
	expect(globPart(pattern)).toBeUndefined();
});

test('any pattern ends soon', () => {
	const part = fc.constantFrom('*', '?', '[', ']', '-', '^', '\\', 'a', 'b');
	fc.assert(
		fc.property(
			fc.array(part, { maxLength: 40 }),
			fc.array(fc.constantFrom('a', 'b'), { maxLength: 255 }),
			(pattern, name) => {
				const start = performance.now();
				globPart(pattern.join(''))?.(name.join(''));
				expect(performance.now() - start).toBeLessThan(200);
			},
		),
	);
});

test('a name fits itself with its characters escaped, and any number of stars', () => {
	const name = fc.string({ minLength: 1 });
	fc.assert(
		fc.property(name, (text) => {
			const escaped = text.replace(/[*?[\\]/g, '\\$&');
			expect(globPart(escaped)?.(text)).toBe(true);
			expect(globPart(`*${escaped}**`)?.(text)).toBe(true);
		}),
	);
});
