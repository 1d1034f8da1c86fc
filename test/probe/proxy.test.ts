import { describe, expect, test } from 'vitest';

import type { Login } from '../../src/registry/secret.ts';
import type { HttpOptions } from '../fakes/http.ts';
import * as misbehaving from '../fakes/misbehaving.ts';
import { makeNode } from '../fakes/node.ts';
import { startProxy } from '../fakes/proxy.ts';
import { startSocks } from '../fakes/socks.ts';
import { demanded, hosts, login, proxyAt, through } from './throughProxy.ts';
import { walks } from './walks.ts';
import { attempt, makeWorld, names, recordOf, targetAt, trail, verdict } from './world.ts';

describe('a pull through a proxy: every host, without DNS and TCP of its own', () => {
	test.each<[string, boolean, Login | undefined]>([
		['http', false, undefined],
		['http with a login', false, login],
		['https', true, undefined],
		['https with a login', true, login],
	])('%s', async (_name, secure, shown) => {
		await using world = await makeWorld();
		const tls: HttpOptions = secure ? { tls: { key: world.issued.key, cert: world.issued.chain } } : {};
		await using server = await startProxy({ ...tls, hosts, ...(shown && { login: demanded }) });
		const observation = await through(world, { proxy: proxyAt(secure ? 'https' : 'http', server.port), login: shown });
		expect(verdict(observation)).toBe('none');
		expect(trail(observation)).toEqual(walks.proxied);
		expect(world.dns.queries).toEqual([]);
		const sent = server.requests.map(({ method, target }) => `${method} ${target}`);
		expect(sent).toEqual(
			[world.registry, world.token, world.blob].map(({ port }, at) => `CONNECT ${Object.values(names)[at]}:${port}`),
		);
		expect(recordOf(observation, 'blob', 'proxy').facts).toMatchObject({
			proxy: expect.stringMatching(/^https?:\/\/127\.0\.0\.1:\d+$/),
		});
	});

	test.each<[string, Login | undefined]>([
		['socks5', undefined],
		['socks5 with a login', login],
	])('%s', async (_name, shown) => {
		await using world = await makeWorld();
		await using server = await startSocks({ hosts, ...(shown && { login: demanded }) });
		const observation = await through(world, { proxy: proxyAt('socks5', server.port), login: shown });
		expect(verdict(observation)).toBe('none');
		expect(trail(observation)).toEqual(walks.proxied);
		expect(server.requests.map(({ kind, hostname }) => `${kind} ${hostname}`)).toEqual(
			Object.values(names).map((name) => `name ${name}`),
		);
	});

	test.each([
		['192.0.2.1', 'ipv4 192.0.2.1'],
		['2001:db8::1', 'ipv6 2001:0db8:0000:0000:0000:0000:0000:0001'],
	])('socks5 is told of %s that it is an address', async (hostname, asked) => {
		await using node = await makeNode();
		await using server = await startSocks({ refuse: 'ruleset' });
		const endpoint = { scheme: 'https', hostname, port: 443 } as const;
		const observation = await attempt(node, targetAt(endpoint, { proxy: proxyAt('socks5', server.port) }));
		expect(verdict(observation)).toBe('registry proxy proxy_denied');
		expect(server.requests.map(({ kind, hostname: named }) => `${kind} ${named}`)).toEqual([asked]);
	});

	test('that excepts a host is left aside for it', async () => {
		await using world = await makeWorld();
		await using server = await startProxy({ hosts });
		const observation = await through(world, {
			proxy: proxyAt('http', server.port),
			noProxy: `.corp, ${names.registry}`,
		});
		expect(verdict(observation)).toBe('none');
		expect(trail(observation)).toEqual(
			expect.arrayContaining(['registry dns', 'registry tcp', 'token proxy', 'blob proxy']),
		);
	});

	test('shows the login to the proxy only', async () => {
		await using world = await makeWorld();
		await using server = await startProxy({ hosts, login: demanded });
		await through(world, { proxy: proxyAt('http', server.port), login });
		const headers = [world.registry, world.token, world.blob].flatMap((it) => it.requests.map((one) => one.headers));
		expect(headers.length).toBeGreaterThan(3);
		expect(JSON.stringify(headers)).not.toMatch(/proxy-authorization/i);
	});
});

test('a large hello that is swallowed behind the proxy is named', async () => {
	await using world = await makeWorld();
	await using dropping = await misbehaving.startMisbehaving(misbehaving.dropsLargeHello(world.registry.port, 1000));
	await using server = await startProxy({ hosts: { ...hosts, [names.registry]: `127.0.0.1:${dropping.port}` } });
	const observation = await through(world, { proxy: proxyAt('http', server.port), timeout: 0.8 });
	expect(verdict(observation)).toBe('registry tls tls_large_hello_blocked');
});
