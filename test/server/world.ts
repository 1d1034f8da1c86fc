import { once } from 'node:events';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { Content } from '../../src/server/routes.ts';
import { startServer, type RunningServer, type ServerSettings } from '../../src/server/startServer.ts';

const plain: Content = {
	metrics: async (accept) => ({ contentType: 'text/plain; version=0.0.4', body: `accept=${accept}\n` }),
	page: () => ({ contentType: 'text/html; charset=utf-8', body: '<p>page', styleSource: "'sha256-abc='" }),
	observations: () => ({ version: 1, observations: [] }),
	plan: () => ({ version: 1, targets: [] }),
	pods: () => ({ version: 1, pods: [] }),
	healthy: () => ({ ok: true, detail: 'The loop turns.' }),
	ready: () => ({ ok: true, detail: 'Ready.' }),
};

/** A server on a free port of all addresses, closed when the test ends. */
export async function aServer(
	content: Partial<Content> = {},
	settings: Partial<ServerSettings> = {},
): Promise<RunningServer> {
	const server = await startServer({
		listen: { host: '::', port: 0 },
		content: { ...plain, ...content },
		onError: (error) => {
			throw error;
		},
		...settings,
	});
	onTestFinished(() => server.close());
	return server;
}

export interface Got {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

/** One request on a connection of its own. */
export async function ask(
	{ address }: RunningServer,
	path: string,
	{
		host = '127.0.0.1',
		method = 'GET',
		headers = {},
	}: { host?: string; method?: string; headers?: Record<string, string> } = {},
): Promise<Got> {
	const sent = request({ host, port: address.port, path, method, headers, agent: false }).end();
	const [response] = await once(sent, 'response');
	return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** A bare connection from a loopback address that has sent `bytes`; destroyed when the test ends. */
export async function aConnection({ address }: RunningServer, bytes = '', from = '127.0.0.1'): Promise<Socket> {
	const socket = connect({ port: address.port, host: '127.0.0.1', localAddress: from });
	onTestFinished(() => void socket.destroy());
	await once(socket, 'connect');
	// A server that cuts a connection may reset it: that is an end like any other.
	socket.on('error', () => {});
	socket.write(bytes);
	return socket;
}

/** Everything that arrives until the other side ends. */
export async function untilEnd(socket: Socket): Promise<string> {
	return text(socket);
}
