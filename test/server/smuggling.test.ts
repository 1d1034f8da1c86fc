import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aConnection, aServer, ask, untilEnd } from './world.ts';

const line = 'GET /healthz HTTP/1.1\r\n';
const host = 'Host: localhost\r\n';
/** What an attacker hides behind the first request; it must never be answered. */
const hidden = 'GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';

/** Requests whose end two readers may see at different places (RFC 9112, section 11.2), or that are none. */
const doubtful: Readonly<Record<string, string>> = {
	'both lengths': `${line}${host}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
	'both lengths, the other way': `${line}${host}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n${hidden}\r\n0\r\n\r\n`,
	'two lengths': `${line}${host}Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
	'a list of lengths': `${line}${host}Content-Length: 0, ${hidden.length}\r\n\r\n${hidden}`,
	'a length with a sign': `${line}${host}Content-Length: +0\r\n\r\n${hidden}`,
	'a length in hexadecimal': `${line}${host}Content-Length: 0x0\r\n\r\n${hidden}`,
	'a length beyond all numbers': `${line}${host}Content-Length: 99999999999999999999999\r\n\r\n${hidden}`,
	'an unknown coding': `${line}${host}Transfer-Encoding: xchunked\r\n\r\n${hidden}`,
	'a coding twice': `${line}${host}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${hidden}`,
	'a blank before the colon': `${line}${host}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
	'a folded header': `${line}${host}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n${hidden}`,
	'a vertical tab in the coding': `${line}${host}Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n${hidden}`,
	'a control in a header': `${line}${host}X: a\0b\r\n\r\n${hidden}`,
	'a lone carriage return': `${line}${host}X: a\rTransfer-Encoding: chunked\r\n\r\n${hidden}`,
	'a header without a name': `${line}${host}: chunked\r\n\r\n${hidden}`,
	'a body that is a request': `${line}${host}Content-Length: ${hidden.length}\r\n\r\n${hidden}`,
	'a request behind a body': `${line}${host}Content-Length: 5\r\n\r\nhello${hidden}`,
	'a request behind chunks': `${line}${host}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n${hidden}`,
	'a chunk beyond all numbers': `${line}${host}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n${hidden}`,
	'a chunk with a sign': `${line}${host}Transfer-Encoding: chunked\r\n\r\n-1\r\n${hidden}`,
	'HTTP/0.9': `GET /healthz\r\n${hidden}`,
	'HTTP/2 without a promise': `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${hidden}`,
	'a version of the future': `GET /healthz HTTP/9.9\r\n${host}\r\n${hidden}`,
	'a blank in the path': `GET /healthz /metrics HTTP/1.1\r\n${host}\r\n${hidden}`,
	'a tunnel': `CONNECT localhost:443 HTTP/1.1\r\n${host}\r\n${hidden}`,
};

test.each(Object.entries(doubtful))(
	'%s: at most one answer, and nothing that was hidden is asked',
	async (_, bytes) => {
		let asked = 0;
		const server = await aServer(
			{ metrics: () => ({ contentType: 'text/plain', body: String((asked += 1)) }) },
			{ limits: { headTimeout: 300 } },
		);
		const said = await untilEnd(await aConnection(server, bytes));
		const statuses = [...said.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status);
		expect(statuses.length).toBeLessThan(2);
		expect(statuses.filter((status) => status !== '200' && status !== '400')).toEqual([]);
		expect(asked).toBe(0);
	},
);

test('an upgrade is not taken: the request is answered as it is', async () => {
	const upgrade = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n';
	const socket = await aConnection(await aServer(), `${line}${host}${upgrade}\r\n`);
	const [said] = (await once(socket, 'data')) as [Buffer];
	expect(said.toString()).toMatch(/^HTTP\/1\.1 200 /);
});

test('a request without a Host header is refused', async () => {
	const socket = await aConnection(await aServer(), `${line}\r\n`);
	expect(await untilEnd(socket)).toMatch(/^HTTP\/1\.1 400 /);
});

test('a second Host header is refused in a sentence', async () => {
	const socket = await aConnection(await aServer(), `GET / HTTP/1.1\r\n${host}Host: evil.example\r\n\r\n`);
	expect(await untilEnd(socket)).toMatch(/^HTTP\/1\.1 400 [\s\S]*Name one host\.\n$/);
});

test.each(['PROPFIND', 'M-SEARCH', 'PURGE', 'SOURCE', 'QUERY', 'LINK', 'get', 'FOO', 'G\u00cbT', ''])(
	'the method %j is refused',
	async (method) => {
		const socket = await aConnection(
			await aServer(),
			`${method} /metrics HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
		);
		expect(await untilEnd(socket)).toMatch(/^HTTP\/1\.1 (400|405) /);
	},
);

test.each([
	'/%00',
	'/%2e%2e/etc/passwd',
	'/../../etc/passwd',
	'/metrics;x',
	'/metrics/.',
	'/METRICS',
	'/healthz%20',
	'http://[::1',
	'http:///metrics',
	'ftp://localhost/x',
	'?follow',
	'/\u00e9',
])('the path %j is not there', async (path) => {
	const socket = await aConnection(await aServer(), `GET ${path} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
	expect(await untilEnd(socket)).toMatch(/^HTTP\/1\.1 (400|403|404|431) /);
});

test.each([7000, 9000])('a path of %i characters is not there', async (length) => {
	const path = `/${'a'.repeat(length)}`;
	const socket = await aConnection(await aServer(), `GET ${path} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
	expect(await untilEnd(socket)).toMatch(/^HTTP\/1\.1 (404|431) /);
});

/** What requests are made of, and what takes their readers in. */
const fragment = fc.oneof(
	fc.constantFrom(
		'GET ',
		'POST ',
		'/healthz',
		'/',
		' HTTP/1.1',
		'\r\n',
		'\n',
		'\r',
		' ',
		':',
		'\0',
		'0\r\n\r\n',
		'Host: localhost\r\n',
	),
	fc.constantFrom(
		'Transfer-Encoding: chunked\r\n',
		'Content-Length: 5\r\n',
		'Connection: close\r\n',
		'Expect: 100-continue\r\n',
	),
	fc.string({ unit: 'binary', maxLength: 20 }),
);

test('whatever is sent, the connection ends and the next one is served', async () => {
	const server = await aServer();
	await fc.assert(
		fc.asyncProperty(fc.array(fragment, { maxLength: 30 }), async (fragments) => {
			const socket = await aConnection(server);
			socket.end(fragments.join(''));
			const said = await text(socket).catch(() => '');
			expect(said).toMatch(/^(?:$|HTTP\/1\.1 (?:100|200|400|403|404|405|413|417|431) )/);
		}),
		{ numRuns: 300 },
	);
	expect((await ask(server, '/healthz')).status).toBe(200);
});
