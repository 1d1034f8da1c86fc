import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHostPort } from '../../src/registry/hostPort.ts';
import { bypassesProxy } from '../../src/registry/noProxy.ts';

function bypasses(host: string, list: string): boolean {
	const { hostname = '', port = 443 } = readHostPort(host) ?? {};
	return bypassesProxy({ scheme: 'https', hostname, port }, list);
}

describe('a host is reached directly', () => {
	test.each([
		['localhost', ''],
		['localhost:5000', ''],
		['127.0.0.1', ''],
		['127.9.9.9:5000', ''],
		['[::1]:5000', ''],
		['ghcr.io', '*'],
		['10.0.0.1', 'corp, *'],
		['foo.com', 'foo.com'],
		['FOO.com', 'Foo.COM'],
		['bar.foo.com', 'foo.com'],
		['bar.foo.com', '.foo.com'],
		['bar.foo.com', '*.foo.com'],
		['foo.com', 'x, foo.com ,y'],
		['foo.com', 'foo.com:443'],
		['bar.foo.com:5000', '.foo.com:5000'],
		['registry', 'registry'],
		['10.1.2.3', '10.0.0.0/8'],
		['10.1.2.3', '10.1.2.3'],
		['10.1.2.3:5000', '10.1.2.3:5000'],
		['10.1.2.3', '0.0.0.0/0'],
		['10.1.2.3', '::ffff:10.0.0.0/104'],
		['[::ffff:10.1.2.3]', '10.0.0.0/8'],
		['[2001:db8::1]', '2001:db8::/32'],
		['[2001:db8::1]', '2001:DB8:0::1'],
		['[2001:db8::1]', '[2001:db8::1]:443'],
		['10.1.2.127', '10.1.2.0/25'],
		['bücher.example', 'BÜCHER.example'],
	])('%s with NO_PROXY=%j', (host, list) => {
		expect(bypasses(host, list)).toBe(true);
	});
});

describe('a host goes through the proxy', () => {
	test.each([
		['ghcr.io', ''],
		['ghcr.io', ',,'],
		['localhost.corp', ''],
		['foo.com', '.foo.com'],
		['foo.com', '*.foo.com'],
		['xfoo.com', 'foo.com'],
		['foo.com', 'bar.foo.com'],
		['foo.com', 'foo.com:5000'],
		['foo.com', 'foo.com other'],
		['foo.com', '*.com.'],
		['foo.com', '*:443'],
		['foo.com', '0.0.0.0/0'],
		['11.1.2.3', '10.0.0.0/8'],
		['10.1.2.128', '10.1.2.0/25'],
		['10.1.2.3', '10.1.2.3:5000'],
		['10.1.2.3', '2.3'],
		['10.1.2.3', '10.0.0.0/33'],
		['10.1.2.3', '::/0'],
		['[2001:db8::1]', '0.0.0.0/0'],
		['[2001:db8::1]', '[2001:db8::1]'],
		['[2001:db9::1]', '2001:db8::/32'],
	])('%s with NO_PROXY=%j', (host, list) => {
		expect(bypasses(host, list)).toBe(false);
	});
});

test('any list is borne', () => {
	const part = fc.constantFrom('*', '.', '*.', 'corp', '/', '/8', ':443', '[', ']', '::1', '10.0.0.0', ',', ' ', 'é');
	const list = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.array(part).map((parts) => parts.join('')),
	);
	fc.assert(
		fc.property(list, fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6(), fc.string()), (text, hostname) => {
			expect(typeof bypassesProxy({ scheme: 'https', hostname, port: 443 }, text)).toBe('boolean');
		}),
	);
});
