import { once } from 'node:events';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { RunningServer } from '../../src/server/startServer.ts';
import { aConnection, aServer, ask, untilEnd } from './world.ts';

const head = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n';
const series = 'registry_probe_success{node="node-1",registry="docker.io"} 1\n'.repeat(400_000);

/** A client that asks for 24 MB and reads none of it. */
async function glutton(server: RunningServer, from?: string): Promise<Socket> {
	const socket = await aConnection(server, '', from);
	socket.pause();
	socket.write('GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n');
	return socket;
}

test('one neighbour takes only a share of the connections, another is served', async () => {
	const server = await aServer({}, { limits: { perNeighbour: 3 } });
	const greedy = await Promise.all(Array.from({ length: 8 }, () => aConnection(server, '', '127.0.0.2')));
	await expect.poll(() => greedy.filter(({ destroyed }) => destroyed).length).toBe(5);
	expect((await ask(server, '/healthz')).status).toBe(200);
});

test('a share comes back with the connection', async () => {
	const server = await aServer({}, { limits: { perNeighbour: 1 } });
	for (let times = 0; times < 5; times += 1) {
		const socket = await aConnection(server, `${head}Connection: close\r\n\r\n`);
		expect(await untilEnd(socket)).toContain('HTTP/1.1 200 ');
	}
});

test('requests that wait in a line on one connection are few; one more cuts it', async () => {
	const server = await aServer({ metrics: () => new Promise(() => {}) }, { limits: { pipelined: 4 } });
	const socket = await aConnection(server, 'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(1000));
	const began = performance.now();
	await untilEnd(socket);
	expect(performance.now() - began).toBeLessThan(1000);
});

test('requests that come after each other on one connection have no end', async () => {
	const server = await aServer();
	const socket = await aConnection(server);
	let said = '';
	socket.on('data', (bytes: Buffer) => (said += bytes.toString()));
	for (let times = 1; times <= 40; times += 1) {
		socket.write(`${head}\r\n`);
		await expect.poll(() => said.match(/HTTP\/1\.1 200 /g)?.length, { interval: 1 }).toBe(times);
	}
});

test('whoever asks too often is answered a second later; others are not', async () => {
	const server = await aServer({}, { limits: { requestsPerSecond: 5 } });
	const socket = await aConnection(server, '', '127.0.0.2');
	let said = '';
	socket.on('data', (bytes: Buffer) => (said += bytes.toString()));
	const began = performance.now();
	for (let times = 1; times <= 6; times += 1) {
		socket.write(`${head}\r\n`);
		await expect.poll(() => said.match(/HTTP\/1\.1 200 /g)?.length, { interval: 1, timeout: 5000 }).toBe(times);
	}
	expect(performance.now() - began).toBeGreaterThan(990);
	expect(await Promise.race([ask(server, '/healthz'), sleep(990, 'late')])).toMatchObject({ status: 200 });
});

test('clients that do not read hold a share of the answers; health is answered beside them', async () => {
	let asked = 0;
	const metrics = () => {
		asked += 1;
		return { contentType: 'text/plain', body: series };
	};
	const server = await aServer({ metrics }, { limits: { answersPerNeighbour: 2 } });
	await Promise.all([glutton(server), glutton(server), glutton(server)]);
	await expect.poll(() => asked).toBe(2);
	expect(await ask(server, '/metrics')).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
	expect((await ask(server, '/healthz')).status).toBe(200);
	expect(asked).toBe(2);
});

test('an answer that is not read to its end in time is cut, and its share comes back', async () => {
	const bodies = [series];
	const metrics = () => ({ contentType: 'text/plain', body: bodies.pop() ?? 'short' });
	const server = await aServer({ metrics }, { limits: { answers: 1, answerTimeout: 300 } });
	const socket = await glutton(server);
	const closed = once(socket, 'close');
	await expect.poll(() => bodies.length).toBe(0);
	expect((await ask(server, '/metrics')).status).toBe(503);
	await expect.poll(async () => (await ask(server, '/metrics')).body, { timeout: 10_000 }).toBe('short');
	socket.resume();
	await closed;
});

test('a connection that is cut gives back what waited on it', async () => {
	const server = await aServer({ metrics: () => new Promise(() => {}) }, { limits: { answers: 2 } });
	const line = await aConnection(server, 'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(2));
	await expect.poll(async () => (await ask(server, '/metrics')).status).toBe(503);
	line.destroy();
	const socket = await aConnection(server, 'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n');
	expect(await Promise.race([untilEnd(socket), sleep(300, 'waits')])).toBe('waits');
});

test('a head that comes byte by byte is cut in time', async () => {
	const server = await aServer({}, { limits: { headTimeout: 300 } });
	const socket = await aConnection(server);
	const drip = setInterval(() => socket.write('X'), 20);
	socket.once('close', () => clearInterval(drip));
	const began = performance.now();
	await untilEnd(socket);
	expect(performance.now() - began).toBeLessThan(3000);
});
