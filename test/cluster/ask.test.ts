import { afterEach, expect, test } from 'vitest';

import type { ApiAccess } from '../../src/cluster/access.ts';
import { ApiFailure } from '../../src/cluster/apiFailure.ts';
import { ask, askJson } from '../../src/cluster/ask.ts';
import { Secret } from '../../src/registry/secret.ts';
import { createAuthority } from '../fakes/authority.ts';
import { type Respond, startHttp } from '../fakes/http.ts';
import { closedPort } from '../fakes/misbehaving.ts';
import { json } from '../fakes/reply.ts';
import { type Reached, startServer } from './apiServer.ts';

let reached: Reached | undefined;

afterEach(() => reached?.server.close());

async function started(respond: Respond, tokens?: readonly string[]): Promise<Reached> {
	reached = await startServer(respond, tokens);
	return reached;
}

const never = new AbortController().signal;
const brief = { signal: never, patience: { head: 300, quiet: 300 }, most: 10_000 };

async function read(access: ApiAccess, options: Partial<typeof brief> = {}): Promise<string> {
	let text = '';
	for await (const piece of ask(access, '/api', { ...brief, ...options })) text += piece;
	return text;
}

/** The failure that asking ends in. */
async function failure(asked: Promise<unknown>): Promise<ApiFailure> {
	const error = await asked.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof ApiFailure)) throw new TypeError(`no ApiFailure but ${String(error)}`);
	return error;
}

test('a body comes whole, and the request carries the token', async () => {
	const { access, server } = await started(() => json(200, { text: 'äöü' }));
	expect(await askJson(access, '/api/v1/nodes/n?a=b', never, 1000)).toEqual({ text: 'äöü' });
	expect(server.requests).toMatchObject([
		{
			method: 'GET',
			target: '/api/v1/nodes/n?a=b',
			headers: { authorization: 'Bearer token', accept: 'application/json' },
		},
	]);
});

test('an API server with an IPv6 address is asked', async () => {
	const issuer = await createAuthority();
	const { chain, key } = await issuer.issue({ names: ['::1'] });
	const server = await startHttp({ address: '::1', tls: { cert: chain, key } }, () => json(200, { is: 'there' }));
	const identity = () => Promise.resolve({ token: new Secret('token'), ca: issuer.pem });
	const conceal = (text: string) => text;
	reached = { server, access: { server: new URL(`https://[::1]:${server.port}`), identity, conceal } };
	expect(await askJson(reached.access, '/api', never, 1000)).toEqual({ is: 'there' });
});

test('what is sent comes with its kind, and what was created is an answer', async () => {
	const { access, server } = await started(() => json(201, { made: true }));
	const sent = { method: 'POST', type: 'application/json', body: '{"a":"\u00e4"}' } as const;
	expect(await askJson(access, '/api', never, 1000, sent)).toEqual({ made: true });
	expect(server.requests).toMatchObject([{ method: 'POST', body: '{"a":"\u00e4"}' }]);
	expect(server.requests[0]?.headers['content-type']).toBe('application/json');
});

test('a refused token is tried again when another one is there meanwhile', async () => {
	const respond: Respond = ({ headers }) => (headers.authorization === 'Bearer new' ? json(200, {}) : json(401, {}));
	const { access, server } = await started(respond, ['old', 'new']);
	expect(await askJson(access, '/api', never, 1000)).toEqual({});
	expect(server.requests).toHaveLength(2);
});

test('a refused token that is still the same is refused', async () => {
	const { access, server } = await started(() => json(401, { kind: 'Status', message: 'Unauthorized' }));
	expect(await failure(read(access))).toMatchObject({ status: 401, message: 'status 401: Unauthorized' });
	expect(server.requests).toHaveLength(1);
});

test.each([
	['as it is', (token: string) => token],
	['in base64', (token: string) => Buffer.from(token).toString('base64url')],
	['in hexadecimal', (token: string) => Buffer.from(token).toString('hex')],
])('a token that is said back %s is not repeated', async (_, spelled) => {
	const message = `the token ${spelled('opaque-7f3a9c')} is not known`;
	const { access } = await started(() => json(401, { kind: 'Status', message }), ['opaque-7f3a9c']);
	expect((await failure(read(access))).message).toBe('status 401: the token REDACTED is not known');
});

test('429 says how long to wait, in the header or in the body', async () => {
	let headers: Record<string, string> = { 'retry-after': '7' };
	const { access } = await started(() => json(429, { details: { retryAfterSeconds: 3 } }, headers));
	expect(await failure(read(access))).toMatchObject({ status: 429, retryAfter: 7 });
	headers = {};
	expect(await failure(read(access))).toMatchObject({ status: 429, retryAfter: 3 });
});

test('a refusal without words is its status', async () => {
	const { access } = await started(() => ({ status: 503, body: '<html>', headers: {} }));
	expect(await failure(read(access))).toMatchObject({ status: 503, message: 'status 503', retryAfter: undefined });
});

test.each([
	['truncated', { truncateAfter: 10 }, /the connection broke off/],
	['reset', { resetAfter: 10 }, /the connection broke off|ECONNRESET/],
	['silent', { stallAfter: 10 }, /nothing has come for 0.3 s/],
])('a body that is %s is a failure', async (_, pace, said) => {
	const { access } = await started(() => ({ status: 200, body: 'x'.repeat(1000), pace }));
	expect((await failure(read(access))).message).toMatch(said);
});

test('a body that is too long is given up', async () => {
	const { access } = await started(() => ({ status: 200, body: 'x'.repeat(20_000) }));
	expect((await failure(read(access))).message).toBe('the answer has more than 10000 characters');
});

test('a body that comes slowly, but comes, is waited for', async () => {
	const { access } = await started(() => ({ status: 200, body: 'x'.repeat(1000), pace: { bytesPerSecond: 1000 } }));
	expect(await read(access)).toHaveLength(1000);
});

test('garbage is a failure where JSON was due', async () => {
	const { access } = await started(() => ({ status: 200, body: '{"a":' }));
	expect((await failure(askJson(access, '/api', never, 1000))).message).toBe('the answer is not JSON');
});

test('a server that says nothing is not waited for', async () => {
	const { access } = await started(() => 'silence');
	expect((await failure(read(access))).message).toBe('the API server does not answer in time');
});

test('a server that is not there is a failure', async () => {
	const { access } = await started(() => 'close');
	const elsewhere = { ...access, server: new URL(`https://127.0.0.1:${await closedPort()}`) };
	expect((await failure(read(elsewhere))).message).toContain('ECONNREFUSED');
});

test('a server of another authority gets no token', async () => {
	const { access, server } = await started(() => json(200, {}));
	const { pem } = await createAuthority();
	const trusting = async () => ({ ...(await access.identity()), ca: pem });
	expect((await failure(read({ ...access, identity: trusting }))).message).toMatch(/certificate/);
	expect(server.requests).toEqual([]);
});

test('a CA file that is none is a failure', async () => {
	const { access } = await started(() => json(200, {}));
	const broken = async () => ({ ...(await access.identity()), ca: 'no PEM' });
	expect((await failure(read({ ...access, identity: broken }))).status).toBeUndefined();
});

test('the signal ends a body that is waited for', async () => {
	const { access } = await started(() => ({ status: 200, body: 'x'.repeat(1000), pace: { stallAfter: 10 } }));
	const stop = new AbortController();
	setTimeout(() => stop.abort(), 50);
	const began = performance.now();
	await failure(read(access, { signal: stop.signal, patience: { head: 5000, quiet: 5000 } }));
	expect(performance.now() - began).toBeLessThan(2000);
});
