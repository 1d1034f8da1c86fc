import { isIP } from 'node:net';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readResolvConf, type ResolvConf } from '../../src/node/resolvConf.ts';

const read = (...lines: string[]): ResolvConf => readResolvConf(lines.join('\n'));
const servers = (...lines: string[]) => read(...lines).nameservers.map(({ address, port }) => `${address} ${port}`);

describe('nameservers', () => {
	test.each<[string, string[], string[]]>([
		[
			'in order, three at most',
			['1', '2', '3', '4'].map((end) => `nameserver 192.0.2.${end}`),
			['192.0.2.1 53', '192.0.2.2 53', '192.0.2.3 53'],
		],
		[
			'of IPv6, with a zone',
			['nameserver 2001:db8::1', 'nameserver fe80::1%eth0'],
			['2001:db8::1 53', 'fe80::1%eth0 53'],
		],
		['whose zone would do harm in a terminal', ['nameserver fe80::1%\u0000\u202e\u009b'], ['fe80::1%\ufffd\ufffd 53']],
		[
			'with a port, which is our extension',
			['nameserver 127.0.0.1:5353', 'nameserver [::1]:5353'],
			['127.0.0.1 5353', '::1 5353'],
		],
		['between white space', ['\tnameserver \t 192.0.2.1  # first'], ['192.0.2.1 53']],
		[
			'that are none are passed over',
			['nameserver', 'nameserver dns.test', 'nameserver 192.0.2.1:0', 'nameserver 192.0.2.1'],
			['192.0.2.1 53'],
		],
		[
			'in comments are none',
			['#nameserver 192.0.2.1', ';nameserver 192.0.2.2', 'nameserver 192.0.2.3'],
			['192.0.2.3 53'],
		],
		['are the local ones where none is named', [''], ['127.0.0.1 53', '::1 53']],
	])('%s', (_name, lines, expected) => {
		expect(servers(...lines)).toEqual(expected);
	});

	test('without a file are Go’s', () => {
		expect(readResolvConf(undefined).nameservers.map(({ address }) => address)).toEqual(['127.0.0.1', '::1']);
	});
});

describe('search', () => {
	test.each<[string, string[], string[]]>([
		['the last of search and domain counts', ['domain a.test', 'search b.test c.test'], ['b.test', 'c.test']],
		['… in either order', ['search b.test c.test', 'domain a.test'], ['a.test']],
		['dots at the ends are dropped', ['search b.test. .'], ['b.test']],
	])('%s', (_name, lines, expected) => {
		expect(read(...lines).search).toEqual(expected);
	});

	test('without either it is the domain of the host', () => {
		expect(readResolvConf('', 'node1.rack.test').search).toEqual(['rack.test']);
		expect(readResolvConf('', 'node1').search).toEqual([]);
	});
});

describe('options', () => {
	test.each<[string, Partial<ResolvConf>]>([
		['', { ndots: 1, timeout: 5, attempts: 2, useTcp: false, singleRequest: false, rotate: false }],
		['ndots:5 timeout:2 attempts:3', { ndots: 5, timeout: 2, attempts: 3 }],
		['ndots:99 timeout:0 attempts:0', { ndots: 15, timeout: 1, attempts: 1 }],
		['ndots:-1 timeout:x', { ndots: 0, timeout: 1 }],
		['use-vc rotate single-request', { useTcp: true, rotate: true, singleRequest: true }],
		['single-request-reopen', { singleRequest: true }],
		['edns0 trust-ad', { useTcp: false }],
	])('%s', (options, expected) => {
		expect(read(`options ${options}`)).toMatchObject(expected);
	});
});

test('any text is read without a throw, within bounds', () => {
	const word = fc.constantFrom(
		'nameserver',
		'search',
		'options',
		'ndots:',
		'::',
		'127.0.0.1',
		'#',
		'\u0000',
		'9'.repeat(400),
	);
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.array(fc.array(word)).map((lines) => lines.map((line) => line.join(' ')).join('\n')),
	);
	fc.assert(
		fc.property(text, (content) => {
			const { nameservers, ndots, timeout, attempts } = readResolvConf(content);
			const addresses = nameservers.every(({ address }) => isIP(address.replace(/%.*$/, '')) !== 0);
			const bounded = nameservers.length > 0 && nameservers.length <= 3 && ndots <= 15 && timeout >= 1 && attempts >= 1;
			expect({ addresses, bounded }).toEqual({ addresses: true, bounded: true });
		}),
	);
});
