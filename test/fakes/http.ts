import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { acceptor } from './acceptor.ts';
import type { Tls } from './acceptor.ts';
import { listen } from './listener.ts';
import type { Listener, Place } from './listener.ts';
import { send } from './reply.ts';
import type { Reply } from './reply.ts';

/** A request as a server has received it. */
export interface ReceivedRequest {
	readonly method: string;
	/** The address that it came from. */
	readonly peer: string;
	/** The Host header. */
	readonly host: string;
	/** Without the query. */
	readonly path: string;
	readonly query: URLSearchParams;
	/** As it stood in the request line; a whole URL where a client took the server for a proxy. */
	readonly target: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
	/** Counts the server's connections from 1: two requests with one number shared a connection. */
	readonly connection: number;
	readonly tls?: { readonly serverName: string | undefined; readonly version: string | null; readonly cipher: string };
}

export type Respond = (request: ReceivedRequest) => Reply | Promise<Reply>;

/** Answers in place of a server's usual behaviour; undefined leaves it alone. How faults are put into a good server. */
export type Override = (request: ReceivedRequest) => Reply | undefined | Promise<Reply | undefined>;

export interface HttpOptions extends Place {
	/** Absent: plain HTTP. */
	readonly tls?: Tls;
}

export interface HttpServer extends Listener {
	readonly scheme: 'http' | 'https';
	/** In the order in which they came. */
	readonly requests: readonly ReceivedRequest[];
	/** `https://name:port`; without a name by its address. */
	readonly origin: (name?: string) => string;
	/** Gives new connections another certificate. */
	readonly changeTls: (tls: Tls) => void;
}

const maxBody = 1024 * 1024;

/** The whole body as text; throws `RangeError` beyond 1 MiB. */
export async function readBody(request: IncomingMessage): Promise<string> {
	let body = '';
	request.setEncoding('utf8');
	for await (const chunk of request) {
		body += String(chunk);
		if (body.length > maxBody) throw new RangeError('request body of more than 1 MiB');
	}
	return body;
}

/** The record of a request. `body` is read by the caller: a CONNECT has none. */
export function received(message: IncomingMessage, connection: number, body: string): ReceivedRequest {
	const target = message.url ?? '';
	const url = URL.canParse(target, 'http://server') ? new URL(target, 'http://server') : new URL('http://server');
	const { headers, method = '', socket } = message;
	const peer = socket.remoteAddress ?? '';
	const asked = { path: url.pathname, query: url.searchParams, target };
	const request = { method, peer, host: headers.host ?? '', ...asked, headers };
	if (!(socket instanceof TLSSocket)) return { ...request, body, connection };
	// The types promise a string; a client that sends no name gives false.
	const serverName: unknown = Reflect.get(socket, 'servername');
	const tls = {
		serverName: typeof serverName === 'string' ? serverName : undefined,
		version: socket.getProtocol(),
		cipher: socket.getCipher().name,
	};
	return { ...request, body, connection, tls };
}

/** An HTTP/1.1 server, with TLS where wished, that records every request. */
export async function startHttp(options: HttpOptions, respond: Respond): Promise<HttpServer> {
	const requests: ReceivedRequest[] = [];
	const connections = new WeakMap<Socket, { tcp: Socket; number: number }>();
	let taken = 0;
	const http = createServer((message, response) => {
		const connection = connections.get(message.socket);
		if (!connection) return void message.socket.destroy();
		const answer = async () => {
			const request = received(message, connection.number, await readBody(message));
			requests.push(request);
			await send(response, connection.tcp, await respond(request));
		};
		answer().catch(() => message.socket.destroy());
	});
	const { server, changeTls } = acceptor(options.tls, ({ stream, tcp }) => {
		connections.set(stream, { tcp, number: ++taken });
		http.emit('connection', stream);
	});
	const listener = await listen(server, options);
	const scheme = options.tls ? 'https' : 'http';
	const literal = listener.address.includes(':') ? `[${listener.address}]` : listener.address;
	const origin = (name = literal) => `${scheme}://${name}:${listener.port}`;
	return { ...listener, scheme, requests, origin, changeTls };
}
