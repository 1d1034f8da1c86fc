import { isIP } from 'node:net';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readHosts } from '../../src/node/hosts.ts';
import { hostsKey } from '../../src/registry/domainName.ts';

test.each<[string, string, string, readonly string[] | undefined]>([
	['a name', '192.0.2.1 registry.test', 'registry.test', ['192.0.2.1']],
	['an alias', '192.0.2.1 a.test registry.test', 'registry.test', ['192.0.2.1']],
	['in other letters, with a dot', '192.0.2.1 Registry.TEST.', 'registry.test', ['192.0.2.1']],
	[
		'on two lines',
		'192.0.2.1 registry.test\n2001:db8::1\tregistry.test',
		'registry.test',
		['192.0.2.1', '2001:db8::1'],
	],
	['before a comment', '192.0.2.1 registry.test# mine', 'registry.test', ['192.0.2.1']],
	['in a comment', '# 192.0.2.1 registry.test', 'registry.test', undefined],
	['of what is no address', '192.0.2.999 registry.test', 'registry.test', undefined],
	['with carriage returns', '192.0.2.1 registry.test\r\n', 'registry.test', ['192.0.2.1']],
	['with a zone that would do harm in a terminal', 'fe80::1%\u0007 registry.test', 'registry.test', ['fe80::1%\ufffd']],
	['of an object’s property', '192.0.2.1 registry.test', 'constructor', undefined],
])('%s', (_name, text, asked, expected) => {
	expect(readHosts(text).hosts.get(asked)).toEqual(expected);
});

test('no file has no names', () => {
	expect(readHosts(undefined).hosts.size).toBe(0);
});

test('any text is read without a throw: names in lower case, each with addresses', () => {
	const word = fc.oneof(
		fc.constantFrom('127.0.0.1', '::1', 'fe80::1%lo', '#', '.', '__proto__'),
		fc.string({ unit: 'binary' }),
	);
	const text = fc.array(fc.array(word)).map((lines) => lines.map((line) => line.join(' ')).join('\n'));
	fc.assert(
		fc.property(text, (content) => {
			for (const [name, addresses] of readHosts(content).hosts) {
				expect(name).toBe(hostsKey(name));
				expect(addresses.length).toBeGreaterThan(0);
				expect(addresses.filter((it) => isIP(it.replace(/%.*$/, '')) === 0)).toEqual([]);
			}
		}),
	);
});
