import { describe, expect, test } from 'vitest';

import type { Target } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import { type Login, Secret } from '../../src/registry/secret.ts';
import type { Override, ReceivedRequest } from '../fakes/http.ts';
import type { RegistryAuth } from '../fakes/registryAuth.ts';
import { html, json, type Reply } from '../fakes/reply.ts';
import { attempt, makeWorld, names, recordOf, trail, verdict, type Wishes, type World } from './world.ts';

const login: Login = { username: 'robot', password: new Secret('planted-password') };
const basic: RegistryAuth = { basic: { user: 'robot', password: 'planted-password' } };
const wrong: Login = { username: 'robot', password: new Secret('another') };

/** One attempt on a world like this, with these credentials. */
async function tried(
	wishes: Wishes,
	registry?: Login,
	change: Partial<Target> = {},
): Promise<{ observation: Observation; world: World }> {
	await using world = await makeWorld(wishes);
	const logins = registry ? { registry } : {};
	return { observation: await attempt(world.node, { ...world.target, ...change }, { logins }), world };
}

/** A registry that answers 401 with these challenges for ever. */
const challenging = (...lines: string[]): Wishes => ({
	registry: { respond: () => ({ status: 401, headers: { 'www-authenticate': lines } }) },
});

/** Lets the first request meet the usual challenge and answers the others. */
const afterChallenge =
	(reply: Reply): Override =>
	({ headers }) =>
		headers.authorization === undefined ? undefined : reply;

const unauthorized = (error?: string): Reply => ({
	status: 401,
	headers: { 'www-authenticate': `Bearer realm="https://auth.test/token"${error ? `,error="${error}"` : ''}` },
});

describe('the challenge', () => {
	test.each<[string, readonly string[], string]>([
		['is absent', [], 'auth_challenge_unsupported'],
		['is of a scheme that runtimes do not know', ['Negotiate'], 'auth_challenge_unsupported'],
		['is a digest challenge', ['Digest realm="a",nonce="b"'], 'auth_challenge_unsupported'],
		['has no realm', ['Bearer service="x"'], 'auth_challenge_unsupported'],
		['has a realm that is no URL', ['Bearer realm="nowhere"'], 'auth_challenge_unsupported'],
		['has a realm of another scheme', ['Bearer realm="file:///etc/passwd"'], 'auth_challenge_unsupported'],
		['has a link-local realm', ['Bearer realm="http://169.254.169.254/latest"'], 'auth_challenge_unsupported'],
		['wants a login', ['Basic realm="x"'], 'auth_required'],
		[
			'wants a login or a token, on one line',
			['Basic realm="x", Bearer realm="https://auth.test/token"'],
			'auth_required',
		],
	])('%s', async (_name, lines, reason) => {
		const { observation } = await tried(challenging(...lines));
		expect(verdict(observation)).toBe(`registry challenge ${reason}`);
		expect(observation.requests).toEqual([{ role: 'registry', method: 'HEAD' }]);
	});

	test('wants a token or a login, line by line: a token is fetched', async () => {
		let lines: readonly string[] = [];
		const respond: Override = ({ headers }) => {
			return headers.authorization === undefined ? { status: 401, headers: { 'www-authenticate': lines } } : undefined;
		};
		await using world = await makeWorld({ registry: { respond } });
		lines = ['Basic realm="x"', `Bearer realm="${world.token.realm(names.token)}"`];
		const observation = await attempt(world.node, world.target);
		expect(verdict(observation)).toBe('none');
		expect(trail(observation)).toContain('token token');
	});
});

describe('the answer to a token or a login', () => {
	test.each<[string, Wishes, Login | undefined, string]>([
		['401 again', { registry: { respond: afterChallenge(unauthorized()) } }, undefined, 'auth_required'],
		['401 again with a login', { registry: { respond: afterChallenge(unauthorized()) } }, login, 'auth_rejected'],
		[
			'401 for want of scope',
			{ registry: { respond: afterChallenge(unauthorized('insufficient_scope')) } },
			undefined,
			'auth_denied',
		],
		[
			'401 for want of scope with a login',
			{ registry: { respond: afterChallenge(unauthorized('insufficient_scope')) } },
			login,
			'auth_denied',
		],
		['403', { registry: { respond: afterChallenge({ status: 403 }) } }, undefined, 'auth_denied'],
		['403 with a login', { registry: { respond: afterChallenge({ status: 403 }) } }, login, 'auth_denied'],
		['a wrong Basic login', { registry: { auth: basic } }, wrong, 'auth_rejected'],
	])('%s', async (_name, wishes, credentials, reason) => {
		const { observation } = await tried(wishes, credentials);
		expect(verdict(observation)).toBe(`registry manifest ${reason}`);
		expect(observation.asks.loginRejected).toBe(reason === 'auth_rejected' ? true : undefined);
	});

	test('a good Basic login is enough, without a token service', async () => {
		const { observation } = await tried({ registry: { auth: basic } }, login);
		expect(verdict(observation)).toBe('none');
		expect(trail(observation)).not.toContain('token token');
		expect(recordOf(observation, 'registry', 'challenge').facts).toMatchObject({ scheme: 'basic' });
	});
});

const abuse = { status: 429, body: 'blocked by the abuse guard' };

describe('the token service', () => {
	test.each<[string, Reply, string]>([
		['says nothing', 'silence', 'http_timeout'],
		['closes', 'close', 'http_closed'],
		['resets', 'reset', 'connection_reset'],
		['fails', { status: 500 }, 'http_server_error'],
		['limits', { status: 429, headers: { 'retry-after': '9' } }, 'rate_limited'],
		['calls it abuse', abuse, 'rate_limited_abuse'],
		['wants a login', { status: 401 }, 'auth_required'],
		['forbids', { status: 403 }, 'http_forbidden'],
		['denies', json(403, { errors: [{ code: 'DENIED', message: 'no' }] }), 'auth_denied'],
		['is not there', { status: 404 }, 'http_unexpected_status'],
		['shows a page', html(200, 'Please log in'), 'http_intercepted'],
		[
			'shows a page that it calls JSON',
			{ status: 200, body: '<!doctype html><p>hi', headers: { 'content-type': 'application/json' } },
			'http_intercepted',
		],
		['gives nothing', { status: 200 }, 'auth_token_malformed'],
		['gives no token', json(200, {}), 'auth_token_malformed'],
		['gives an empty token', json(200, { token: '' }), 'auth_token_malformed'],
		['gives a number', json(200, { token: 7 }), 'auth_token_malformed'],
		['gives a list', json(200, []), 'auth_token_malformed'],
		['gives what no header can carry', json(200, { token: 'a\r\nX-Evil: b' }), 'auth_token_malformed'],
		['gives too much', json(200, { token: 'x'.repeat(70_000) }), 'auth_token_malformed'],
		['stops in the middle', { ...json(200, { token: 'abc' }), pace: { stallAfter: 5 } }, 'body_stalled'],
		['closes in the middle', { ...json(200, { token: 'abc' }), pace: { truncateAfter: 5 } }, 'body_truncated'],
		['resets in the middle', { ...json(200, { token: 'abc' }), pace: { resetAfter: 5 } }, 'connection_reset'],
		['sends on without a Location', { status: 302 }, 'redirect_refused'],
	])('%s', async (_name, reply, reason) => {
		const { observation } = await tried({ token: { respond: () => reply } }, undefined, { timeout: 0.7 });
		expect(verdict(observation)).toBe(`token token ${reason}`);
		expect(observation.requests.filter(({ role }) => role === 'token').length).toBe(1);
	});

	test('refuses the login', async () => {
		const { observation } = await tried({ token: { accept: ({ login: shown }) => shown === undefined } }, login);
		expect(verdict(observation)).toBe('token token auth_rejected');
		expect(observation.asks.loginRejected).toBe(true);
	});
});

describe('a token', () => {
	test('is asked for once, for this repository and service, without a login where there is none', async () => {
		const { observation, world } = await tried({});
		expect(verdict(observation)).toBe('none');
		expect(world.token.asked).toEqual([{ service: 'registry.test', scopes: ['repository:team/app:pull'] }]);
		expect(recordOf(observation, 'token', 'token').facts).toMatchObject({ lifetimeSeconds: 300, status: 200 });
	});

	test('is asked for with the login where there is one', async () => {
		const { world } = await tried({}, login);
		expect(world.token.asked[0]?.login).toEqual({ user: 'robot', password: 'planted-password' });
		const shown = (request: ReceivedRequest) => request.headers.authorization?.split(' ')[0];
		expect(world.registry.requests.map(shown)[0]).toBe(undefined);
		expect(new Set(world.registry.requests.map(shown).slice(1))).toEqual(new Set(['Bearer']));
	});

	test.each<[string, object]>([
		['token', { token: 'good' }],
		['access_token', { access_token: 'good' }],
		['both, of which access_token counts', { access_token: 'good', token: 'bad' }],
	])('may stand in %s', async (_name, body) => {
		const { observation } = await tried({
			token: { tokens: new Set(['good']), respond: () => json(200, body) },
		});
		expect(verdict(observation)).toBe('none');
	});

	test.each([
		['containerd', 'none'],
		['cri-o', 'token token http_unexpected_status'],
	] as const)('may come with status 201 for %s', async (client, expected) => {
		const respond = () => json(201, { token: 'good' });
		const { observation } = await tried({ token: { tokens: new Set(['good']), respond } }, undefined, { client });
		expect(verdict(observation)).toBe(expected);
	});

	test('is fetched afresh by every attempt', async () => {
		await using world = await makeWorld();
		for (let round = 0; round < 3; round++) await attempt(world.node, world.target);
		expect(world.token.asked.length).toBe(3);
	});
});
