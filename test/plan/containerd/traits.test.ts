import fc from 'fast-check';
import { expect, test } from 'vitest';

import { type Trait, has } from '../../../src/plan/containerd/traits.ts';

test.each<[string, Trait, boolean]>([
	['1.6.24', 'tlsFirst', false],
	['1.6.25', 'tlsFirst', true],
	['1.7.6', 'tlsFirst', false],
	['1.7.7', 'tlsFirst', true],
	['1.5.99', 'tlsFirst', false],
	['2.0.0', 'tlsFirst', true],
	['3.0', 'tlsFirst', true],
	['1.7.31', 'serverAlone', false],
	['1.7.32', 'serverAlone', true],
	['1.6.39', 'serverAlone', false],
	['2.0.6', 'dialTimeout', false],
	['2.0.7', 'dialTimeout', true],
	['2.1.0', 'dialTimeout', true],
	['1.7.35', 'dialTimeout', false],
	['2.1.9', 'defaultDirectories', false],
	['2.2.0', 'defaultDirectories', true],
	['v2.1.4-k3s1', 'transfer', true],
	['1.6.20~ds1-1+deb12u2', 'transfer', false],
	['2.4', 'version4', true],
	['unknown', 'version4', true],
])('%s %s', (version, trait, expected) => {
	expect(has(version, trait)).toBe(expected);
});

test('any text is a version', () => {
	fc.assert(
		fc.property(fc.string(), (text) => {
			expect([true, false]).toContain(has(text, 'transfer'));
		}),
	);
});
