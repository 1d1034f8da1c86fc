import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { aConnection, aServer, ask, untilEnd } from './world.ts';

/** An address of this machine that is not loopback. */
const outside = Object.values(networkInterfaces())
	.flatMap((addresses) => addresses ?? [])
	.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
const withoutOutside = outside === undefined && process.env['CI'] !== 'true';

const guarded = ['/', '/api/v1/observations', '/api/v1/plan', '/api/v1/pods'];
const open = ['/metrics', '/healthz', '/readyz'];

test('metrics are rendered for the Accept header that came', async () => {
	const got = await ask(await aServer(), '/metrics', { headers: { accept: 'application/openmetrics-text' } });
	expect(got).toMatchObject({ status: 200, body: 'accept=application/openmetrics-text\n' });
	expect(got.headers['content-type']).toBe('text/plain; version=0.0.4');
});

test.each(['/healthz', '/readyz'])('%s is 200 while all is well', async (path) => {
	expect((await ask(await aServer(), path)).status).toBe(200);
});

test('/healthz is 503 when the loop stalls, and says so', async () => {
	const server = await aServer({ healthy: () => ({ ok: false, detail: 'No attempt began for 5 min.' }) });
	expect(await ask(server, '/healthz')).toMatchObject({ status: 503, body: 'No attempt began for 5 min.\n' });
	expect((await ask(server, '/readyz')).status).toBe(200);
});

test('/readyz is 503 before the first target was tried', async () => {
	const server = await aServer({ ready: () => ({ ok: false, detail: 'No target was tried yet.' }) });
	expect((await ask(server, '/readyz')).status).toBe(503);
});

test.each([
	['/api/v1/observations', '{"version":1,"observations":[]}\n'],
	['/api/v1/plan', '{"version":1,"targets":[]}\n'],
	['/api/v1/pods', '{"version":1,"pods":[]}\n'],
])('%s is JSON', async (path, body) => {
	const got = await ask(await aServer(), path);
	expect(got).toMatchObject({ status: 200, body });
	expect(got.headers['content-type']).toBe('application/json; charset=utf-8');
});

test.each(guarded)('%s is for loopback, over both families', async (path) => {
	const server = await aServer();
	expect((await ask(server, path)).status).toBe(200);
	expect((await ask(server, path, { host: '::1' })).status).toBe(200);
});

test.skipIf(withoutOutside).each(guarded)('%s is refused to others, in a sentence', async (path) => {
	const got = await ask(await aServer(), path, { host: outside ?? '' });
	expect(got).toMatchObject({ status: 403, body: expect.stringContaining('port-forward') });
});

test.skipIf(withoutOutside)('a Host header that names loopback does not open the page to others', async () => {
	const got = await ask(await aServer(), '/', { host: outside ?? '', headers: { host: 'localhost' } });
	expect(got.status).toBe(403);
});

test.skipIf(withoutOutside)('the authorizer may let others in, and is told what they want', async () => {
	const asked: unknown[] = [];
	const server = await aServer({ authorize: (access) => asked.push(access) > 0 });
	const got = await ask(server, '/api/v1/plan?x=1', { host: outside ?? '', headers: { authorization: 'Bearer t' } });
	expect(got.status).toBe(200);
	expect(asked).toEqual([{ method: 'GET', path: '/api/v1/plan', authorization: 'Bearer t' }]);
});

test.skipIf(withoutOutside).each(open)('%s is for all', async (path) => {
	const got = await ask(await aServer(), path, { host: outside ?? '', headers: { host: 'agent.example' } });
	expect(got.status).toBe(200);
});

test.each(guarded)('%s is refused under a name that may have been rebound', async (path) => {
	const got = await ask(await aServer(), path, { headers: { host: 'evil.example:9917' } });
	expect(got).toMatchObject({ status: 403, body: expect.stringContaining('localhost') });
});

test('the host of an absolute request target counts, not the header', async () => {
	const socket = await aConnection(
		await aServer(),
		'GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
	);
	expect(await untilEnd(socket)).toContain('HTTP/1.1 403 ');
});

test('an absolute request target is served', async () => {
	const socket = await aConnection(
		await aServer(),
		'GET http://localhost/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
	);
	expect(await untilEnd(socket)).toContain('HTTP/1.1 200 ');
});

test('HEAD gives the headers of GET and no body', async () => {
	const server = await aServer();
	const [get, head] = [await ask(server, '/metrics'), await ask(server, '/metrics', { method: 'HEAD' })];
	expect(head).toMatchObject({ status: 200, body: '' });
	expect(head.headers['content-length']).toBe(get.headers['content-length']);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])('%s is not allowed', async (method) => {
	const got = await ask(await aServer(), '/metrics', { method });
	expect(got.status).toBe(405);
	expect(got.headers.allow).toBe('GET, HEAD');
});

test.each(['/metrics/', '/api/v1', '/api/v2/plan', '//', '/..%2fmetrics', '*'])('%s is not there', async (path) => {
	expect((await ask(await aServer(), path)).status).toBe(404);
});

test('a query changes nothing', async () => {
	expect((await ask(await aServer(), '/healthz?verbose=1')).status).toBe(200);
});

test('an answer that cannot be made tells the client nothing and the agent everything', async () => {
	const errors: unknown[] = [];
	const failure = new Error('secret detail');
	const page = () => Promise.reject(failure);
	const got = await ask(await aServer({ page }, { onError: (error) => errors.push(error) }), '/');
	expect(got.status).toBe(500);
	expect(got.body).not.toContain('secret');
	expect(errors).toEqual([failure]);
});

test.each([
	['/', false],
	['/?follow', true],
	['/?follow=1', true],
	['/?other', false],
	['/?followed', false],
])('%s asks for a page that follows: %j', async (path, follow) => {
	const server = await aServer({
		page: (wish) => ({ contentType: 'text/html; charset=utf-8', body: JSON.stringify(wish) }),
	});
	expect(JSON.parse((await ask(server, path)).body)).toEqual({ follow });
});

test.each(['/', '/metrics', '/nothing'])('%s comes with headers that let a browser only show it', async (path) => {
	const { headers } = await ask(await aServer(), path);
	expect(headers).toMatchObject({
		'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src .*frame-ancestors 'none'$/),
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'no-referrer',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		'x-frame-options': 'DENY',
		'cache-control': 'no-store',
	});
});

test('the page names the source of its styles, other answers have none', async () => {
	const server = await aServer();
	expect((await ask(server, '/')).headers['content-security-policy']).toContain("style-src 'sha256-abc=';");
	expect((await ask(server, '/metrics')).headers['content-security-policy']).toContain("style-src 'none';");
});
