import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIpv6, ipBytes, ipv6Bytes, isLoopback } from '../../src/registry/ipAddress.ts';

test.each([
	['192.0.2.1', [192, 0, 2, 1]],
	['::ffff:192.0.2.1', [192, 0, 2, 1]],
	['::1', [...Array<number>(15).fill(0), 1]],
	['2001:db8::a:b', [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0a, 0, 0x0b]],
])('%s has the bytes %j', (text, bytes) => {
	expect(ipBytes(text)).toEqual(bytes);
});

test.each(['', 'localhost', '1.2.3', '1.2.3.256', '01.2.3.4', '::g', '1::2::3', '[::1]', 'fe80::1%eth0', '10.0.0.0/8'])(
	'%j is no address',
	(text) => expect(ipBytes(text)).toBeUndefined(),
);

describe('loopback', () => {
	test.each(['127.0.0.1', '127.255.255.255', '::1', '::ffff:127.0.0.1'])('is %s', (text) => {
		expect(isLoopback(ipBytes(text) ?? [])).toBe(true);
	});

	test.each(['128.0.0.1', '0.0.0.0', '::', '::2', '1::1'])('is not %s', (text) => {
		expect(isLoopback(ipBytes(text) ?? [])).toBe(false);
	});
});

test.each([
	['2001:0DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
	['0:0:0:0:0:0:0:0', '::'],
	['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
	['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
	['1:2:3:4:5:6:0:0', '1:2:3:4:5:6::'],
])('%s in canonical form is %s', (text, canonical) => {
	expect(formatIpv6(ipv6Bytes(text) ?? [])).toBe(canonical);
});

test('the canonical form is that of URLs, and names the same bytes', () => {
	fc.assert(
		fc.property(fc.ipV6(), (text) => {
			const bytes = ipv6Bytes(text) ?? [];
			expect(`[${formatIpv6(bytes)}]`).toBe(new URL(`http://[${text}]`).hostname);
			expect(ipv6Bytes(formatIpv6(bytes))).toEqual(bytes);
		}),
	);
});
