import { STATUS_CODES, createServer, request as requestHttp } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { acceptor } from './acceptor.ts';
import type { Accepted } from './acceptor.ts';
import { readBody, received } from './http.ts';
import type { HttpOptions, Override, ReceivedRequest } from './http.ts';
import { listen } from './listener.ts';
import type { Listener } from './listener.ts';
import { html, send } from './reply.ts';
import type { Answer, Reply } from './reply.ts';
import { dial, join, route } from './route.ts';
import type { Hosts } from './route.ts';

export interface ProxyOptions extends HttpOptions {
	readonly hosts?: Hosts;
	/** Demanded of every client, by Basic. */
	readonly login?: { readonly user: string; readonly password: string };
	/** Faults: answers in place of the proxy. A 200 to a CONNECT is written as it stands, body included, and leads nowhere. */
	readonly respond?: Override;
}

export interface HttpProxy extends Listener {
	readonly scheme: 'http' | 'https';
	/** `target` is `host:port` of a CONNECT, or a whole URL. */
	readonly requests: readonly ReceivedRequest[];
	/** `http://user:password@host:port`, as configurations take it. */
	readonly url: (name?: string, login?: { readonly user: string; readonly password: string }) => string;
}

function refusal({ login }: ProxyOptions, { headers }: ReceivedRequest): Answer | undefined {
	if (!login) return undefined;
	const expected = `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
	if (headers['proxy-authorization'] === expected) return undefined;
	return html(407, 'Proxy Authentication Required', { 'proxy-authenticate': 'Basic realm="proxy"' });
}

function writeRaw(stream: Duplex, tcp: Socket, reply: Reply): void {
	if (reply === 'silence') return;
	if (reply === 'close') return void stream.end();
	if (reply === 'reset') return void tcp.resetAndDestroy();
	const body = Buffer.from(reply.body ?? '');
	const headers = Object.entries({ 'content-length': String(body.length), ...reply.headers });
	const lines = headers.map(([name, value]) => `${name}: ${String(value)}\r\n`).join('');
	stream.end(
		Buffer.concat([Buffer.from(`HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status] ?? ''}\r\n${lines}\r\n`), body]),
	);
}

/** Grants a CONNECT, or gives the answer that refuses it. */
async function tunnel(stream: Duplex, request: ReceivedRequest, options: ProxyOptions): Promise<Reply | undefined> {
	const instead = (await options.respond?.(request)) ?? refusal(options, request);
	if (instead !== undefined) return instead;
	const { hostname, port } = new URL(`tcp://${request.target}`);
	const to = route(options.hosts ?? {}, hostname, Number(port));
	if (!to) return html(503, 'Service Unavailable', { 'x-squid-error': 'ERR_DNS_FAIL 0' });
	const onward = await dial(to).catch(() => undefined);
	if (!onward) return html(503, 'Service Unavailable', { 'x-squid-error': 'ERR_CONNECT_FAIL 111' });
	stream.write('HTTP/1.1 200 Connection established\r\n\r\n');
	join(stream, onward);
	return undefined;
}

/** Sends a request in absolute form on, and its answer back. */
function forward(request: ReceivedRequest, response: ServerResponse, options: ProxyOptions): Answer | undefined {
	if (!URL.canParse(request.target)) return html(400, 'Bad Request');
	const url = new URL(request.target);
	const to = route(options.hosts ?? {}, url.hostname, Number(url.port || 80));
	if (url.protocol !== 'http:' || !to) return html(503, 'Service Unavailable', { 'x-squid-error': 'ERR_DNS_FAIL 0' });
	const { 'proxy-authorization': _own, ...headers } = request.headers;
	const path = `${url.pathname}${url.search}`;
	const onward = requestHttp({ host: to.address, port: to.port, method: request.method, path, headers, agent: false });
	onward.on('response', (answer) => {
		response.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.pipe(response);
	});
	onward.on('error', () => {
		if (response.headersSent) response.destroy();
		else response.writeHead(502).end();
	});
	onward.end(request.body);
	return undefined;
}

type Record = (message: IncomingMessage, body: string) => { request: ReceivedRequest; tcp: Socket };

async function onRequest(
	message: IncomingMessage,
	response: ServerResponse,
	options: ProxyOptions,
	record: Record,
): Promise<void> {
	const { request, tcp } = record(message, await readBody(message));
	const instead =
		(await options.respond?.(request)) ?? refusal(options, request) ?? forward(request, response, options);
	if (instead !== undefined) await send(response, tcp, instead);
}

async function onConnect(
	message: IncomingMessage,
	stream: Duplex,
	options: ProxyOptions,
	record: Record,
): Promise<void> {
	const { request, tcp } = record(message, '');
	const reply = await tunnel(stream, request, options);
	if (reply !== undefined) writeRaw(stream, tcp, reply);
}

function httpServer(options: ProxyOptions, record: Record): Server {
	const http = createServer((message, response) => {
		onRequest(message, response, options, record).catch(() => message.socket.destroy());
	});
	http.on('connect', (message, stream) => {
		onConnect(message, stream, options, record).catch(() => stream.destroy());
	});
	return http;
}

/** An HTTP proxy: CONNECT, and plain http by the absolute form. */
export async function startProxy(options: ProxyOptions = {}): Promise<HttpProxy> {
	const requests: ReceivedRequest[] = [];
	const connections = new WeakMap<Duplex, Accepted & { number: number }>();
	let taken = 0;
	const http = httpServer(options, (message, body) => {
		const accepted = connections.get(message.socket);
		if (!accepted) throw new TypeError('a request without a connection');
		const request = received(message, accepted.number, body);
		requests.push(request);
		return { request, tcp: accepted.tcp };
	});
	const { server } = acceptor(options.tls, (accepted) => {
		connections.set(accepted.stream, { ...accepted, number: ++taken });
		http.emit('connection', accepted.stream);
	});
	const listener = await listen(server, options);
	const scheme = options.tls ? 'https' : 'http';
	const url: HttpProxy['url'] = (name = listener.address, login = options.login) => {
		const userinfo = login ? `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@` : '';
		return `${scheme}://${userinfo}${name}:${listener.port}`;
	};
	return { ...listener, scheme, requests, url };
}
