import fc from 'fast-check';
import { expect, test } from 'vitest';

import { hostsKey, isDomainName, lowerAscii } from '../../src/registry/domainName.ts';
import { timeOf } from '../processorTime.ts';

test.each<[string, boolean]>([
	['registry', true],
	['registry.test.', true],
	['.', true],
	['my_registry.test', true],
	['_a._b', true],
	['a-', false],
	['-a', false],
	['a.-b', false],
	['a..b', false],
	['', false],
	['1.2.3', false],
	['1.2-3', true],
	['bücher.test', false],
	[`${'a'.repeat(63)}.test`, true],
	[`${'a'.repeat(64)}.test`, false],
	[`${'a.'.repeat(126)}a`, true],
	[`${'a.'.repeat(126)}ab`, false],
	[`${'a.'.repeat(127)}`, true],
])('%s may be asked of DNS: %s', (name, expected) => {
	expect(isDomainName(name)).toBe(expected);
});

test.each([
	['Registry.Test', 'registry.test'],
	['registry.test.', 'registry.test'],
	['registry.', 'registry.'],
	['registry', 'registry'],
	['.', '.'],
])('%s stands in hosts as %s', (name, key) => {
	expect(hostsKey(name)).toBe(key);
});

test('only ASCII letters lose their case', () => {
	expect(lowerAscii('ÄBÇ')).toBe('ÄbÇ');
});

test('every domain is a name, and any text is judged in a moment', () => {
	fc.assert(
		fc.property(fc.domain(), (name) => {
			expect(isDomainName(name)).toBe(true);
		}),
	);
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
			expect(isDomainName(text) && text.length > 254).toBe(false);
			expect(hostsKey(hostsKey(text.replace(/\.+$/, '')))).toBe(hostsKey(text.replace(/\.+$/, '')));
		}),
	);
});

test('a hostile name costs no time', () => {
	const time = timeOf(() => {
		isDomainName(`${'a-'.repeat(126)}!`);
		isDomainName('-'.repeat(1_000_000));
	});
	expect(time).toBeLessThan(200);
});
