import { once } from 'node:events';
import { createServer } from 'node:net';
import { performance } from 'node:perf_hooks';
import { expect, onTestFinished, test } from 'vitest';
import { formatAddress, ListenFailed } from '../../src/server/listen.ts';
import { aConnection, aServer, ask, untilEnd } from './world.ts';

const head = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n';

test('port 0 takes a free port and tells which', async () => {
	const { address } = await aServer();
	expect(address.port).toBeGreaterThan(0);
});

test('a port that is taken is said in a sentence', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	onTestFinished(() => void other.close());
	await once(other, 'listening');
	const taken = other.address();
	const port = typeof taken === 'object' && taken !== null ? taken.port : 0;
	const starting = aServer({}, { listen: { host: '127.0.0.1', port } });
	await expect(starting).rejects.toThrow(new ListenFailed(`cannot listen on 127.0.0.1:${port}: the port is taken`));
});

test('an address of another machine is said in a sentence', async () => {
	const starting = aServer({}, { listen: { host: '192.0.2.1', port: 0 } });
	await expect(starting).rejects.toThrow('cannot listen on 192.0.2.1:0: the address is not on this machine');
});

test('an IPv6 address is written in brackets', () => {
	expect(formatAddress({ host: '::', port: 9917 })).toBe('[::]:9917');
});

test('a connection serves several requests', async () => {
	const socket = await aConnection(await aServer(), `${head}\r\n${head}Connection: close\r\n\r\n`);
	expect((await untilEnd(socket)).match(/HTTP\/1\.1 200 /g)).toHaveLength(2);
});

test('a head that is too large is refused', async () => {
	const socket = await aConnection(await aServer(), `${head}X: ${'x'.repeat(20_000)}\r\n\r\n`);
	expect(await untilEnd(socket)).toContain('HTTP/1.1 431 ');
});

test('what is not HTTP is refused', async () => {
	const socket = await aConnection(await aServer(), '\u0016\u0003\u0001 hello\r\n\r\n');
	expect(await untilEnd(socket)).toContain('HTTP/1.1 400 ');
});

test('a body is not read: the connection ends with the answer', async () => {
	const socket = await aConnection(await aServer(), `${head}Content-Length: 1000000000\r\n\r\nx`);
	expect(await untilEnd(socket)).toContain('HTTP/1.1 200 ');
});

test.each([
	['nothing', ''],
	['half a head', head],
])('a connection that sends %s is cut', async (_, bytes) => {
	const socket = await aConnection(await aServer({}, { limits: { headTimeout: 100 } }), bytes);
	const began = performance.now();
	await untilEnd(socket);
	expect(performance.now() - began).toBeLessThan(3000);
});

test('connections over the cap are refused, and idle ones make room', async () => {
	const server = await aServer({}, { limits: { connections: 2 } });
	for (let count = 0; count < 2; count += 1) {
		const idle = await aConnection(server, `${head}\r\n`);
		await once(idle, 'data');
	}
	await expect(ask(server, '/healthz')).rejects.toThrow(/hang up|ECONNRESET/);
	await expect.poll(async () => (await ask(server, '/healthz').catch(() => undefined))?.status).toBe(200);
});

test('closing lets an answer under way end', async () => {
	const rendering = Promise.withResolvers<void>();
	const begun = Promise.withResolvers<void>();
	const server = await aServer({
		async metrics() {
			begun.resolve();
			await rendering.promise;
			return { contentType: 'text/plain', body: 'late\n' };
		},
	});
	const asked = ask(server, '/metrics');
	await begun.promise;
	const closing = server.close();
	rendering.resolve();
	expect(await asked).toMatchObject({ status: 200, body: 'late\n', headers: { connection: 'close' } });
	await closing;
});

test('closing does not wait for those who never end', async () => {
	const server = await aServer({ metrics: () => new Promise(() => {}) }, { limits: { drain: 100 } });
	const hanging = ask(server, '/metrics').catch(() => 'cut');
	await aConnection(server, head);
	const began = performance.now();
	await server.close();
	expect(performance.now() - began).toBeLessThan(1000);
	expect(await hanging).toBe('cut');
});

test('after closing nobody listens', async () => {
	const server = await aServer();
	await server.close();
	await expect(ask(server, '/healthz')).rejects.toThrow('ECONNREFUSED');
});

test('closing twice is closing once', async () => {
	const server = await aServer();
	await server.close();
	await expect(server.close()).resolves.toBeUndefined();
});
