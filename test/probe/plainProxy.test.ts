import { describe, expect, test } from 'vitest';

import type { Proxy, Target } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import type { Logins } from '../../src/probe/probe.ts';
import { Secret } from '../../src/registry/secret.ts';
import type { ReceivedRequest } from '../fakes/http.ts';
import { startProxy, type ProxyOptions } from '../fakes/proxy.ts';
import { html, type Reply } from '../fakes/reply.ts';
import { startSocks } from '../fakes/socks.ts';
import { makePlain } from './plain.ts';
import { attempt, names, trail, verdict } from './world.ts';

const hosts = { [names.registry]: '127.0.0.1' };

interface Asked {
	readonly observation: Observation;
	readonly atProxy: readonly ReceivedRequest[];
	readonly atRegistry: readonly ReceivedRequest[];
	readonly port: number;
}

/** One attempt on a plain registry through an HTTP proxy like this. */
async function through(options: ProxyOptions, logins: Logins = {}, change: Partial<Target> = {}): Promise<Asked> {
	await using plain = await makePlain();
	await using server = await startProxy({ hosts, ...options });
	const proxy: Proxy = { scheme: 'http', hostname: '127.0.0.1', port: server.port, login: false, source: 'test' };
	const observation = await attempt(await plain.node({ hosts: {} }), plain.target({ proxy, ...change }), { logins });
	return { observation, atProxy: server.requests, atRegistry: plain.registry.requests, port: plain.registry.port };
}

describe('a plain-http registry behind an HTTP proxy', () => {
	test('is asked in absolute form, without a tunnel', async () => {
		const { observation, atProxy, port } = await through({});
		expect(verdict(observation)).toBe('none');
		expect(trail(observation)).toEqual(['registry proxy', 'registry challenge', 'registry manifest', 'registry blob']);
		expect(atProxy[0]).toMatchObject({
			method: 'HEAD',
			target: `http://${names.registry}:${port}/v2/team/app/manifests/1`,
			host: `${names.registry}:${port}`,
		});
	});

	test('the login goes to the proxy, not beyond', async () => {
		const demanded = { user: 'node', password: 'planted' };
		const logins = { proxy: { username: 'node', password: new Secret('planted') } };
		const { observation, atRegistry } = await through({ login: demanded }, logins);
		expect(verdict(observation)).toBe('none');
		expect(atRegistry.every(({ headers }) => headers['proxy-authorization'] === undefined)).toBe(true);
	});

	test.each<[string, Reply, string]>([
		['407', html(407, 'Proxy Authentication Required'), 'registry proxy proxy_auth_required'],
		['403 of squid', html(403, 'Forbidden', { 'x-squid-error': 'ERR_ACCESS_DENIED 0' }), 'registry proxy proxy_denied'],
		['503 of squid', html(503, 'Unavailable', { 'x-squid-error': 'ERR_DNS_FAIL 0' }), 'registry proxy proxy_error'],
		['503 of anybody', html(503, 'Unavailable'), 'registry manifest http_server_error'],
		['silence', 'silence', 'registry challenge http_timeout'],
		['a close', 'close', 'registry challenge http_closed'],
	])('%s', async (_name, reply, expected) => {
		expect(verdict((await through({ respond: () => reply })).observation)).toBe(expected);
	});

	test('is tunnelled by SOCKS', async () => {
		await using plain = await makePlain();
		await using server = await startSocks({ hosts });
		const proxy: Proxy = { scheme: 'socks5', hostname: '127.0.0.1', port: server.port, login: false, source: 'test' };
		const observation = await attempt(await plain.node({ hosts: {} }), plain.target({ proxy }));
		expect(verdict(observation)).toBe('none');
		expect(plain.registry.requests[0]?.target).toBe('/v2/team/app/manifests/1');
	});
});
