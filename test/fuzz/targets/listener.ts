import { createServer } from 'node:http';
import { duplexPair } from 'node:stream';

import { write } from '../../../src/server/answer.ts';
import { takesGzip } from '../../../src/server/coding.ts';
import { isLoopbackHost } from '../../../src/server/loopback.ts';
import { neighbourOf } from '../../../src/server/neighbour.ts';
import { answerTo, type Content } from '../../../src/server/routes.ts';
import { expositionFor } from '../../../src/views/metrics/accept.ts';
import { must, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

const guarded = 'for-this-node-alone';
const page = { contentType: 'text/html', body: guarded };
const content: Content = {
	metrics: (accept) => ({ contentType: expositionFor(accept), body: 'a 1\n' }),
	page: () => page,
	observations: () => guarded,
	plan: () => guarded,
	pods: () => guarded,
	healthy: () => ({ ok: true, detail: 'well' }),
	ready: () => ({ ok: true, detail: 'well' }),
};
const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 1000 }, (request, response) => {
	void answerTo(request, content).then((answer) => write(response, answer));
});
server.on('clientError', (_error, socket) => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'));

/** The bytes of a connection from elsewhere, and its text as headers and addresses. */
async function check(input: Buffer): Promise<readonly string[]> {
	const answer = await connected(input);
	must(!answer.includes(guarded), 'what is for this node alone went elsewhere');
	const text = input.toString('latin1');
	const [first = ''] = text.split('\n', 1);
	const near = isLoopbackHost(first);
	must(!near || isNear(first), `${JSON.stringify(first)} counts as this machine`);
	mustPrint(expositionFor(first), 20);
	const neighbour = neighbourOf(first);
	must(neighbour.length <= first.length + 20, 'a neighbour without end');
	return [`${near} ${takesGzip(first)} ${expositionFor(first)}`, ...new Set(answer.match(/HTTP\/1\.1 \d{3}/g) ?? [])];
}

/** By another reader of hosts; it need not be a port that can be. */
function isNear(host: string): boolean {
	const hostname = URL.parse(`http://${host.replace(/:\d{1,5}$/, '')}/`)?.hostname ?? '';
	return hostname === 'localhost' || hostname.startsWith('127.') || /^\[(?:::1|::ffff:7f.*)\]$/.test(hostname);
}

async function connected(input: Buffer): Promise<string> {
	const [near, far] = duplexPair();
	const chunks: Buffer[] = [];
	const ended = Promise.withResolvers<void>();
	far.on('data', (chunk: Buffer) => chunks.push(chunk));
	for (const event of ['end', 'close', 'error']) far.on(event, () => ended.resolve());
	near.on('error', () => ended.resolve());
	near.on('close', () => ended.resolve());
	server.emit('connection', near);
	far.end(input);
	// Cleared, since a campaign seldom lets the loop come to its timers: a million that wait would take all memory.
	const patience = setTimeout(() => ended.resolve(), 50);
	await ended.promise;
	clearTimeout(patience);
	near.destroy();
	far.destroy();
	return Buffer.concat(chunks).toString('latin1');
}

export const target: Target = {
	name: 'listener',
	source: 'src/server/routes.ts, coding.ts, loopback.ts, neighbour.ts; src/views/metrics/accept.ts',
	writer: 'whoever reaches the port',
	shape: 'lines',
	most: 16 * 1024,
	seeds: [
		'GET /metrics HTTP/1.1\r\nHost: a\r\nAccept: application/openmetrics-text;version=1.0.0;q=0.9,text/plain;q=0.5\r\nAccept-Encoding: gzip;q=1.0, *;q=0\r\n\r\n',
		'GET /?follow HTTP/1.1\r\nHost: localhost:9917\r\nConnection: close\r\n\r\n',
		'GET http://127.0.0.1/api/v1/plan?x=1 HTTP/1.1\r\nHost: [::1]\r\nAuthorization: Bearer x\r\n\r\n',
		'POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /readyz HTTP/1.0\r\n\r\n',
		'[::ffff:127.0.0.1]:9917\n',
		'127.0.0.1:9917\n',
	],
	words: [
		'GET ',
		'HEAD ',
		'OPTIONS * ',
		'CONNECT a:1 ',
		'/',
		'/metrics',
		'/api/v1/observations',
		'/api/v1/pods',
		'?follow',
		' HTTP/1.1\r\n',
		'Host: ',
		'localhost',
		'127.0.0.1',
		'[::1]',
		'::ffff:127.0.0.1',
		'http://localhost/',
		'Transfer-Encoding: chunked',
		'Content-Length: 0',
		'Upgrade: x',
		'Connection: keep-alive',
		'\r\n\r\n',
		'gzip',
		';q=',
		'application/openmetrics-text',
		'0\r\n\r\n',
		'%2e%2e',
		'//',
	],
	check,
};
