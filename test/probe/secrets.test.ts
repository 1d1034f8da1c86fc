import { describe, expect, test } from 'vitest';

import type { Target } from '../../src/plan/target.ts';
import { type Login, Secret } from '../../src/registry/secret.ts';
import type { Override } from '../fakes/http.ts';
import { startProxy } from '../fakes/proxy.ts';
import { html, json } from '../fakes/reply.ts';
import { demanded, hosts, login as proxyLogin, proxyAt } from './throughProxy.ts';
import { attempt, makeWorld, verdict, type Wishes } from './world.ts';

const login: Login = { username: 'robot', password: new Secret('planted-password') };
const token = 'planted-token-0123456789';
const headers = { 'x-mirror-key': 'planted-header' };

/** What must never be seen; `planted-signature` is in the URL of the blob. */
const secret = /planted|cm9ib3Q6|bm9kZTpw/;

/** One attempt with every kind of secret in play, all of it as text. */
async function told(wishes: Wishes, change: Partial<Target> = {}): Promise<{ text: string; failed: string }> {
	await using world = await makeWorld({
		...wishes,
		token: { tokens: new Set([token]), respond: () => json(200, { token }), ...wishes.token },
	});
	await using server = await startProxy({ hosts, login: demanded });
	const target = { ...world.target, proxy: proxyAt('http', server.port), headers, timeout: 1, ...change };
	const observation = await attempt(world.node, target, { logins: { registry: login, proxy: proxyLogin } });
	return { text: JSON.stringify(observation), failed: verdict(observation) };
}

const afterToken =
	(respond: Override): Override =>
	(request) =>
		request.headers.authorization === undefined ? undefined : respond(request);

/** A server that repeats what it was shown, behind so much else that it may be cut. */
const echoing = (before: number): Override =>
	afterToken(({ headers: shown, target }) => {
		const said = `${'x'.repeat(before)} ${shown.authorization} ${String(shown['x-mirror-key'])} ${target}`;
		return json(403, { errors: [{ code: 'DENIED', message: said, detail: said }] }, { 'x-echo': said });
	});

test('the secrets are really in play', async () => {
	await using world = await makeWorld();
	await attempt(world.node, { ...world.target, headers }, { logins: { registry: login } });
	const seen = JSON.stringify([
		world.registry.requests,
		world.token.asked,
		world.blob.requests.map(({ target }) => target),
	]);
	for (const planted of ['planted-header', 'planted-password', 'planted-signature']) expect(seen).toContain(planted);
});

describe('no observation holds a secret', () => {
	const repeating = afterToken(({ headers: shown }) => {
		return { status: 307, headers: { location: `https://cdn.test:1/${shown.authorization?.slice(7)}` } };
	});
	const denying: Override = ({ target }) => json(403, { message: `signature of https://cdn.test${target} is wrong` });
	const sendingOn = (location: string): Override => afterToken(() => ({ status: 307, headers: { location } }));

	test.each<[string, Wishes, string]>([
		['of a pull that succeeds', {}, 'none'],
		['the registry repeats what it was shown', { registry: { respond: echoing(1) } }, 'registry manifest auth_denied'],
		['the registry repeats it, cut', { registry: { respond: echoing(275) } }, 'registry manifest auth_denied'],
		['the token service repeats what it was shown', { token: { respond: echoing(1) } }, 'token token auth_denied'],
		[
			'the registry repeats its token in a Location',
			{ registry: { respond: repeating } },
			'redirect proxy proxy_error',
		],
		['the blob host is closed', { blob: { respond: () => 'close' } }, 'blob blob http_closed'],
		['the blob host shows a page', { blob: { respond: () => html(200, 'x') } }, 'blob blob http_intercepted'],
		['the blob is denied', { blob: { respond: denying } }, 'blob blob http_forbidden'],
		[
			'the token cannot be sent',
			{ token: { respond: () => json(200, { token: `${token}\n` }) } },
			'token token auth_token_malformed',
		],
		[
			'the manifest is sent on with a login',
			{ registry: { respond: sendingOn('https://robot:planted@cdn.test:1/?sig=planted') } },
			'redirect proxy proxy_error',
		],
		[
			'the manifest is sent to what is no URL',
			{ registry: { respond: sendingOn('https://planted@[') } },
			'registry manifest redirect_refused',
		],
		[
			'the manifest is sent to another scheme',
			{ registry: { respond: sendingOn('ftp://planted@x') } },
			'registry manifest redirect_refused',
		],
	])('%s', async (_name, wishes, expected) => {
		const { text, failed } = await told(wishes);
		expect(text).not.toMatch(secret);
		expect(failed).toBe(expected);
	});
});
