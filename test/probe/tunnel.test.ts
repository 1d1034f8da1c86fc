import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { httpConnect } from '../../src/probe/proxy/tunnel.ts';

const endpoint = { scheme: 'https', hostname: 'registry.test', port: 443 } as const;

/** What comes of asking for a tunnel when everything that the proxy says has come before. */
async function afterAllWasSaid(words: string | Buffer): Promise<string> {
	const server = createServer((socket) => void socket.on('error', () => {}).end(words)).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
	socket.on('error', () => {});
	await once(socket, 'connect');
	server.close();
	await sleep(50);
	try {
		await httpConnect(socket, endpoint, undefined);
		return 'granted';
	} catch (error) {
		return String(error);
	} finally {
		socket.destroy();
	}
}

test.each([
	['a banner', 'SSH-2.0-OpenSSH_9.2\r\n', 'is not HTTP'],
	['an answer to nothing', 'HTTP/1.1 200 Connection established\r\n\r\n', 'is not HTTP'],
	['bytes', Buffer.from([5, 0, 0]), 'is not HTTP'],
	['nothing', '', 'closed the connection'],
])('a proxy that says %s before it is asked, and goes, is told of at once', async (_name, words, said) => {
	expect(await afterAllWasSaid(words)).toContain(said);
});
