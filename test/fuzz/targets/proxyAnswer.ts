import { duplexPair } from 'node:stream';

import { readFirstBytes } from '../../../src/probe/handshake/alert.ts';
import { socksConnect } from '../../../src/probe/proxy/socks.ts';
import { httpConnect } from '../../../src/probe/proxy/tunnel.ts';
import { ProbeFailure } from '../../../src/probe/stage.ts';
import { Secret } from '../../../src/registry/secret.ts';
import { gist, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

const endpoint = { scheme: 'https', hostname: 'registry.test', port: 443 } as const;
const login = { username: 'u', password: new Secret('p') };

async function check(input: Buffer): Promise<readonly string[]> {
	const { reason, detail } = readFirstBytes(input.subarray(0, 64), new Error('x'));
	mustPrint(detail, 200);
	return [
		`first ${reason}`,
		await spoken(input, async (socket) => void (await httpConnect(socket, endpoint, undefined)).destroy()),
		await spoken(input, async (socket) => socksConnect(socket, endpoint, undefined)),
		await spoken(input, async (socket) => socksConnect(socket, endpoint, login)),
	];
}

async function spoken(input: Buffer, connect: (socket: ReturnType<typeof duplexPair>[0]) => Promise<void>) {
	const [near, far] = duplexPair();
	near.on('error', () => {});
	far.resume().end(input);
	try {
		await connect(near);
		return 'connected';
	} catch (error) {
		if (!(error instanceof ProbeFailure)) throw error;
		mustPrint(error.message, 200);
		return `${error.reason} ${gist(error.message)}`;
	} finally {
		near.destroy();
		far.destroy();
	}
}

export const target: Target = {
	name: 'proxyAnswer',
	source: 'src/probe/proxy/tunnel.ts, socks.ts; src/probe/handshake/alert.ts',
	writer: 'a proxy, or a server that speaks no TLS',
	shape: 'bytes',
	most: 32 * 1024,
	seeds: [
		'HTTP/1.1 200 Connection established\r\n\r\n',
		'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 2\r\n\r\nno',
		Buffer.from([5, 0, 5, 0, 0, 1, 127, 0, 0, 1, 1, 187]),
		Buffer.from([5, 2, 1, 0, 5, 0, 0, 3, 1, 97, 1, 187]),
		Buffer.from([0x15, 3, 1, 0, 2, 2, 40]),
	],
	words: [
		'HTTP/1.1 200 OK\r\n\r\n',
		'\r\n\r\n',
		'\u0005\u0000',
		'\u0005\u0002',
		'\u0001\u0000',
		'\u0005\u0000\u0000\u0003',
		'\u0005\u0002\u0000',
		'Content-Length: 1',
	],
	check,
};
