import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { RuntimeEnvironment } from '../../src/node/environment/environment.ts';
import { nodeProxy, proxyFaults } from '../../src/plan/nodeProxy.ts';
import type { Endpoint } from '../../src/registry/endpoint.ts';
import { Secret } from '../../src/registry/secret.ts';

const https: Endpoint = { scheme: 'https', hostname: 'registry.test', port: 443 };
const source = { file: '/etc/systemd/system/containerd.service.d/proxy.conf', line: 2 };

function environment(httpsProxy?: string, others: Partial<RuntimeEnvironment> = {}): RuntimeEnvironment {
	const setting = httpsProxy === undefined ? undefined : { name: 'HTTPS_PROXY', value: new Secret(httpsProxy), source };
	return { ...(setting && { httpsProxy: setting }), reader: 'test', files: [], faults: [], ...others };
}

const noProxy = (value: string) => ({ noProxy: { name: 'NO_PROXY', value, source } });

/** `scheme host port` as Go 1.26 dials for an https URL with this HTTPS_PROXY, recorded from net/http. */
const recorded: readonly (readonly [value: string, dialled: string])[] = [
	['http://p:3128', 'http p 3128'],
	['p:3128', 'http p 3128'],
	['P.Test:3128', 'http p.test 3128'],
	['p', 'http p 80'],
	['http://p', 'http p 80'],
	['https://p', 'https p 443'],
	['https://p:8443', 'https p 8443'],
	['socks5://p', 'socks5 p 1080'],
	['socks5h://p:1081', 'socks5 p 1081'],
	['HTTP://p:3128', 'http p 3128'],
	['http://p:', 'http p 80'],
	['http://p:3128/path?x#y', 'http p 3128'],
	['http://[::1]:3128', 'http ::1 3128'],
	['[::1]:3128', 'http ::1 3128'],
	['http://user:p@ss@p:3128', 'http p 3128'],
	['user:pw@p:3128', 'http p 3128'],
	['http://user@p:3128', 'http p 3128'],
	['http://p_x:3128', 'http p_x 3128'],
	['10.0.0.1:3128', 'http 10.0.0.1 3128'],
	['1p:80', 'http 1p 80'],
	['direct', 'http direct 80'],
];

/** The same of values that say something else than was meant; port 0 stands for one that fails at once. */
const recordedWrong: readonly (readonly [value: string, dialled: string])[] = [
	['socks4://p:1080', 'http p 1080'],
	['ftp://p:3128', 'http p 3128'],
	['ftp://p', 'http p 0'],
	['tcp://p:3128', 'http p 3128'],
	['http//p:3128', 'http http 80'],
	['http:/p:3128', 'http http 80'],
	['http:p:3128', 'http localhost 80'],
	['://p', 'http localhost 80'],
	['http://', 'http http 80'],
	['http:///x', 'http http 80'],
	['http://p:99999', 'http p 0'],
	['http://p:0', 'http p 0'],
	['http://p:abc', 'http http 80'],
	['http://p:3128 ', 'http http 80'],
	['http://pr oxy:1', 'http http 80'],
	['"http://p:3128"', 'http "http 80'],
	['http://us er:x@p:3128', 'http http 80'],
	['http://user:p#ss@p:3128', 'http http 80'],
	['http://user:p/ss@p:3128', 'http http 80'],
	['http://[::1', 'http http 80'],
	['http://p,q:3128', 'http p,q 3128'],
	['http://user:p%ss@p:3128', 'none'],
	['::1:3128', 'none'],
	[' http://p:3128', 'none'],
	['http://p\u0001:3128', 'none'],
];

const dialled = (value: string) => {
	const { proxy } = nodeProxy(environment(value), https);
	return proxy ? `${proxy.scheme} ${proxy.hostname} ${proxy.port}` : 'none';
};

describe('a value of HTTPS_PROXY is taken as Go takes it', () => {
	test.each(recorded)('%j', (value, expected) => {
		expect(dialled(value)).toBe(expected);
		expect(proxyFaults(environment(value))).toEqual([]);
	});

	test.each(recordedWrong)('%j, which is a fault', (value, expected) => {
		expect(dialled(value)).toBe(expected);
		expect(proxyFaults(environment(value))).toMatchObject([{ fault: 'setting_invalid', ...source }]);
	});
});

test('the login is handed on, and the place where the proxy is set is said', () => {
	const { proxy, login } = nodeProxy(environment('http://me:p%40ss@p:3128'), https);
	expect(proxy).toEqual({
		scheme: 'http',
		hostname: 'p',
		port: 3128,
		login: true,
		source: '/etc/systemd/system/containerd.service.d/proxy.conf:2',
	});
	expect([login?.username, login?.password.reveal()]).toEqual(['me', 'p@ss']);
});

test('an http endpoint goes through HTTP_PROXY only, an https one through HTTPS_PROXY only', () => {
	const http = { ...https, scheme: 'http' as const, port: 80 };
	const plain = { httpProxy: { name: 'http_proxy', value: new Secret('plain:1'), source } };
	expect(nodeProxy(environment('secure:2', plain), http).proxy?.hostname).toBe('plain');
	expect(nodeProxy(environment('secure:2', plain), https).proxy?.hostname).toBe('secure');
	expect(nodeProxy(environment('secure:2'), http)).toEqual({ noProxy: '', direct: true });
	expect(nodeProxy(environment(undefined, plain), https)).toEqual({ noProxy: '', direct: true });
});

test.each([
	['registry.test', '.test', true],
	['registry.test', 'other.test', false],
	['localhost', '', true],
	['127.0.0.2', '', true],
	['::1', '', true],
	['10.1.2.3', '10.0.0.0/8', true],
])('%s with NO_PROXY %j: direct is %j', (hostname, text, direct) => {
	const route = nodeProxy(environment('p:3128', noProxy(text)), { ...https, hostname });
	expect(route).toMatchObject({ direct, noProxy: text, proxy: { hostname: 'p' } });
});

test('faults show no password, whatever the value', () => {
	const value = fc.tuple(fc.string(), fc.constantFrom('', 'http://', 'x://', '"'), fc.string());
	fc.assert(
		fc.property(value, ([before, scheme, after]) => {
			const text = `${before}${scheme}u:hunter2secret@${after}`;
			const found = environment(text);
			expect(JSON.stringify(proxyFaults(found))).not.toContain('hunter2secret');
		}),
	);
});

test('any value is taken for a proxy that can be dialled, or for none', () => {
	const pieces = fc.array(fc.constantFrom('http', ':', '/', '@', '%', '[', ']', '#', '?', ' ', 'p', '0', '.'));
	fc.assert(
		fc.property(fc.oneof(fc.string({ unit: 'binary' }), pieces), (some) => {
			const text = typeof some === 'string' ? some : some.join('');
			const { port = 0, hostname = 'none' } = nodeProxy(environment(text), https).proxy ?? {};
			expect(port).toBeGreaterThanOrEqual(0);
			expect(port).toBeLessThanOrEqual(65_535);
			expect(hostname).not.toBe('');
		}),
	);
});
