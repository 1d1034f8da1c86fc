import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { startHttp } from './http.ts';
import { startProxy } from './proxy.ts';
import { startSocks } from './socks.ts';

describe('proxies', () => {
	const login = { user: 'me', password: 'secret' };
	const authorization = { 'proxy-authorization': `Basic ${Buffer.from('me:secret').toString('base64')}` };

	async function askThrough(proxy: { port: number }, target: string, headers = {}): Promise<string> {
		const socket = connect(proxy.port, '127.0.0.1');
		const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
		socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${lines.join('')}\r\n`);
		const [first] = (await once(socket, 'data')) as [Buffer];
		socket.write('GET / HTTP/1.1\r\nHost: registry.test\r\nConnection: close\r\n\r\n');
		let text = first.toString();
		for await (const chunk of socket) text += String(chunk);
		return text;
	}

	test('CONNECT reaches a name that only the proxy knows, for who may', async () => {
		await using server = await startHttp({}, () => ({ status: 200, body: 'reached' }));
		await using proxy = await startProxy({ login, hosts: { 'registry.test': `127.0.0.1:${server.port}` } });
		expect(await askThrough(proxy, 'registry.test:443')).toMatch(/^HTTP\/1.1 407 /);
		expect(await askThrough(proxy, 'registry.test:443', authorization)).toMatch(/^HTTP\/1.1 200 [^]*reached$/);
		expect(await askThrough(proxy, 'unknown.test:443', authorization)).toMatch(/^HTTP\/1.1 503 /);
		expect(proxy.requests.map(({ target }) => target)).toContain('unknown.test:443');
	});

	test('plain http goes by the absolute form, without the proxy’s own login', async () => {
		await using server = await startHttp({}, () => ({ status: 200, body: 'reached' }));
		await using proxy = await startProxy({ login, hosts: { 'registry.test': `127.0.0.1:${server.port}` } });
		const path = 'http://registry.test/v2/';
		const headers = { host: 'registry.test', ...authorization };
		expect(await ask(proxy.url(), { path, headers })).toMatchObject({ status: 200, body: 'reached' });
		expect(server.requests[0]).toMatchObject({ host: 'registry.test', path: '/v2/' });
		expect(server.requests[0]?.headers['proxy-authorization']).toBeUndefined();
	});

	test('SOCKS reaches a name, or says why not', async () => {
		await using server = await startHttp({}, () => ({ status: 200, body: 'reached' }));
		const hosts = { 'registry.test': `127.0.0.1:${server.port}` };
		const request = Buffer.concat([Buffer.from([5, 1, 0, 3, 13]), Buffer.from('registry.test'), Buffer.from([1, 187])]);
		const replyOf = async (proxy: { port: number }) => {
			const socket = connect(proxy.port, '127.0.0.1');
			socket.write(Buffer.from([5, 1, 0]));
			const [method] = (await once(socket, 'data')) as [Buffer];
			if (method[1] !== 0) return 'no method';
			socket.write(request);
			const [reply] = (await once(socket, 'data')) as [Buffer];
			socket.destroy();
			return reply[1];
		};
		await using open = await startSocks({ hosts });
		await using strict = await startSocks({ hosts, refuse: 'ruleset' });
		await using closed = await startSocks({ hosts, login });
		expect(await replyOf(open)).toBe(0);
		expect(await replyOf(strict)).toBe(2);
		expect(await replyOf(closed)).toBe('no method');
		expect(open.requests).toEqual([{ hostname: 'registry.test', port: 443, kind: 'name' }]);
	});
});
