import { describe, expect, test } from 'vitest';

import type { Observation } from '../../src/probe/observation.ts';
import type { Login } from '../../src/registry/secret.ts';
import { selfSigned } from '../fakes/authority.ts';
import * as misbehaving from '../fakes/misbehaving.ts';
import { startProxy, type ProxyOptions } from '../fakes/proxy.ts';
import { html, type Reply } from '../fakes/reply.ts';
import { startSocks, type SocksOptions } from '../fakes/socks.ts';
import { demanded, hosts, proxyAt, through, wrong } from './throughProxy.ts';
import { makeWorld, recordOf, verdict } from './world.ts';

/** One attempt through an HTTP proxy like this. */
async function against(options: ProxyOptions, shown?: Login): Promise<Observation> {
	await using world = await makeWorld();
	await using server = await startProxy({ hosts, ...options });
	return await through(world, { proxy: proxyAt('http', server.port), login: shown, timeout: 0.5 });
}

describe('an HTTP proxy that does not grant CONNECT', () => {
	test.each<[string, Reply, string]>([
		['silence', 'silence', 'proxy_timeout'],
		['a close', 'close', 'proxy_error'],
		['a reset', 'reset', 'connection_reset'],
		['403', html(403, 'Forbidden'), 'proxy_denied'],
		['405', html(405, 'Method Not Allowed'), 'proxy_denied'],
		['429', { status: 429 }, 'proxy_denied'],
		['407', { status: 407 }, 'proxy_auth_required'],
		['500', { status: 500 }, 'proxy_error'],
		['503 for a host that it does not find', html(503, 'Service Unavailable'), 'proxy_error'],
		['302 to a login page', { status: 302, headers: { location: 'http://login.test/' } }, 'proxy_error'],
		['204', { status: 204 }, 'proxy_error'],
	])('%s', async (_name, reply, reason) => {
		expect(verdict(await against({ respond: () => reply }))).toBe(`registry proxy ${reason}`);
	});

	test('for want of a login, or for a wrong one', async () => {
		for (const shown of [undefined, wrong]) {
			expect(verdict(await against({ login: demanded }, shown))).toBe('registry proxy proxy_auth_required');
		}
	});

	test('but shows a page after it has granted it', async () => {
		const page = html(200, 'Please log in');
		expect(verdict(await against({ respond: () => page }))).toBe('registry tls tls_protocol_error');
	});
});

describe('a SOCKS proxy that does not connect', () => {
	test.each<[string, SocksOptions, string]>([
		['by its ruleset', { refuse: 'ruleset' }, 'proxy_denied'],
		['in general', { refuse: 'general' }, 'proxy_error'],
		['for want of a network', { refuse: 'networkUnreachable' }, 'proxy_error'],
		['for want of the host', { refuse: 'hostUnreachable' }, 'proxy_error'],
		['because it is refused', { refuse: 'refused' }, 'proxy_error'],
		['and is silent', { silent: true }, 'proxy_timeout'],
		['without a login', { login: demanded }, 'proxy_auth_required'],
	])('%s', async (_name, options, reason) => {
		await using world = await makeWorld();
		await using server = await startSocks({ hosts, ...options });
		const observation = await through(world, { proxy: proxyAt('socks5', server.port), timeout: 0.5 });
		expect(verdict(observation)).toBe(`registry proxy ${reason}`);
	});

	test('because the login is wrong', async () => {
		await using world = await makeWorld();
		await using server = await startSocks({ hosts, login: demanded });
		const observation = await through(world, { proxy: proxyAt('socks5', server.port), login: wrong });
		expect(verdict(observation)).toBe('registry proxy proxy_auth_required');
	});

	test.each<[string, misbehaving.Misbehaviour, string]>([
		['because it is none', misbehaving.answers('HTTP/1.1 400 Bad Request\r\n\r\n'), 'proxy_error'],
		['but closes', misbehaving.closesAfterData, 'proxy_error'],
		['but resets', misbehaving.resetsAfterData, 'connection_reset'],
	])('%s', async (_name, behave, reason) => {
		await using world = await makeWorld();
		await using server = await misbehaving.startMisbehaving(behave);
		const observation = await through(world, { proxy: proxyAt('socks5', server.port) });
		expect(verdict(observation)).toBe(`registry proxy ${reason}`);
	});
});

describe('a proxy that cannot be reached', () => {
	test.each<[string, string, RegExp]>([
		['because nothing listens', '127.0.0.1', /^TCP: tcp_refused/],
		['because DNS does not know it', 'gone.test', /^DNS: dns_name_not_found/],
	])('%s', async (_name, hostname, detail) => {
		await using world = await makeWorld();
		const observation = await through(world, { proxy: proxyAt('http', await misbehaving.closedPort(), hostname) });
		expect(verdict(observation)).toBe('registry proxy proxy_unreachable');
		expect(recordOf(observation, 'registry', 'proxy')).toMatchObject({ detail: expect.stringMatching(detail) });
	});

	test('because its certificate is not trusted', async () => {
		await using world = await makeWorld();
		const { key, chain } = await selfSigned(['127.0.0.1']);
		await using server = await startProxy({ hosts, tls: { key, cert: chain } });
		const observation = await through(world, { proxy: proxyAt('https', server.port) });
		expect(verdict(observation)).toBe('registry proxy proxy_unreachable');
		expect(recordOf(observation, 'registry', 'proxy')).toMatchObject({
			detail: expect.stringMatching(/^TLS: tls_untrusted/),
		});
	});
});
