import fc from 'fast-check';
import { expect, test } from 'vitest';

import { hasSince } from '../../src/registry/version.ts';

test.each<[string, readonly string[], boolean]>([
	['1.6.24', ['1.6.25', '1.7.7', '2.0.0'], false],
	['1.6.25', ['1.6.25', '1.7.7', '2.0.0'], true],
	['1.7.6', ['1.6.25', '1.7.7', '2.0.0'], false],
	['1.8.0', ['1.6.25', '1.7.7', '2.0.0'], false],
	['2.0.0', ['1.6.25', '1.7.7', '2.0.0'], true],
	['3.0', ['1.6.25', '1.7.7', '2.0.0'], true],
	['1.10.0', ['1.9.0'], true],
	['1.9', ['1.9.0'], true],
	['v2.1.4-k3s1', ['2.1.4'], true],
	['1.6.20~ds1-1+deb12u2', ['1.6.21'], false],
	['1.32.0-dev', ['1.32.0'], true],
	['unknown', ['99.0.0'], true],
	['', ['99.0.0'], true],
])('%s has what came with %j: %s', (version, first, expected) => {
	expect(hasSince(version, first)).toBe(expected);
});

test('what a version has, every later one has that is of the last branch or behind it', () => {
	const number = fc.nat({ max: 99 });
	const version = fc.tuple(number, number, number);
	fc.assert(
		fc.property(version, version, ([major, minor, patch], [a, b, c]) => {
			const later = [major + a, a > 0 ? b : minor + b, a > 0 || b > 0 ? c : patch + c].join('.');
			expect(hasSince(later, [[major, minor, patch].join('.')])).toBe(true);
		}),
	);
});

test('any text is a version', () => {
	fc.assert(
		fc.property(fc.string(), (text) => {
			expect([true, false]).toContain(hasSince(text, ['2.1.0']));
		}),
	);
});
