import { once } from 'node:events';
import type { Server, Socket } from 'node:net';

/** A server that listens until it is disposed of. */
export interface Listener extends AsyncDisposable {
	readonly address: string;
	readonly port: number;
	/** Stops listening and resets every connection that is still open. */
	readonly close: () => Promise<void>;
}

/** Where to listen. Default: a free port of 127.0.0.1. */
export interface Place {
	readonly address?: string;
	readonly port?: number;
}

/** Starts a server of any kind (TCP, TLS, HTTP) and gives the means to end it, open connections included. */
export async function listen(server: Server, { address = '127.0.0.1', port = 0 }: Place = {}): Promise<Listener> {
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		socket.once('close', () => sockets.delete(socket));
	});
	server.listen(port, address);
	await once(server, 'listening');
	const bound = server.address();
	if (bound === null || typeof bound === 'string') throw new TypeError('the server has no port');
	let closing: Promise<void> | undefined;
	const close = () => (closing ??= end(server, sockets));
	return { address: bound.address, port: bound.port, close, [Symbol.asyncDispose]: close };
}

async function end(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
	const closed = once(server, 'close');
	server.close();
	for (const socket of sockets) socket.destroy();
	await closed;
}
