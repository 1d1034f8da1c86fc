import { afterEach, expect, test } from 'vitest';

import { Secret } from '../../src/registry/secret.ts';
import { loginVerdict } from '../../src/verdict/loginVerdict.ts';
import { registryError } from '../fakes/registryError.ts';
import { attempt, makeWorld, type Wishes, type World } from '../probe/world.ts';

let world: World | undefined;

afterEach(() => world?.[Symbol.asyncDispose]());

const login = { username: 'me', password: new Secret('right') };
const basic = { basic: { user: 'me', password: 'right' } };
const guarded = {
	accept: ({ login: shown }: { readonly login?: { readonly password: string } }) => shown?.password === 'right',
};

/** What an attempt with a login says about it: `works`, a reason, or `nothing`. */
async function said(wishes: Wishes, shown = login, hold = {}): Promise<string> {
	world = await makeWorld(wishes);
	const verdict = loginVerdict(await attempt(world.node, world.target, { logins: { registry: shown }, hold }));
	return verdict ? (verdict.success ? 'works' : verdict.reason) : 'nothing';
}

const wrong = { ...login, password: new Secret('wrong') };
const denied = registryError(403, 'DENIED');
const authorized = (reply: ReturnType<typeof registryError>) => ({
	respond: ({ headers }: { readonly headers: { readonly authorization?: string | undefined } }) =>
		headers.authorization === undefined ? undefined : reply,
});

test.each<[string, Wishes, string]>([
	['a token service that takes it', { token: guarded }, 'works'],
	['a registry that takes it', { registry: { auth: basic } }, 'works'],
	['a denial after the token', { token: guarded, registry: authorized(denied) }, 'auth_denied'],
	['a denial by the token service', { token: { respond: () => denied } }, 'auth_denied'],
	['a registry that asks nobody', { registry: { auth: 'open' } }, 'nothing'],
	['a token service that is gone', { token: { respond: () => 'close' } }, 'nothing'],
	['a token service that is busy', { token: { respond: () => registryError(503, 'UNAVAILABLE') } }, 'nothing'],
	['a limit', { token: guarded, registry: authorized(registryError(429, 'TOOMANYREQUESTS')) }, 'nothing'],
	['a registry that closes', { registry: { respond: () => 'close' } }, 'nothing'],
	['a blob host that is gone', { token: guarded, blob: { respond: () => 'close' } }, 'works'],
])('%s', async (_, wishes, expected) => {
	expect(await said(wishes)).toBe(expected);
});

test('an image whose tag is not there, where other tags are: whoever is told so may read', async () => {
	const unknown = authorized(registryError(404, 'MANIFEST_UNKNOWN'));
	expect(await said({ token: guarded, registry: unknown })).toBe('works');
});

test('a repository that is not there may be one that is hidden', async () => {
	const unknown = authorized(registryError(404, 'NAME_UNKNOWN'));
	expect(await said({ token: guarded, registry: unknown })).toBe('nothing');
});

test.each<[string, Wishes]>([
	['the token service', { token: guarded }],
	['the registry', { registry: { auth: basic } }],
])('a wrong password is told by %s', async (_, wishes) => {
	expect(await said(wishes, wrong)).toBe('auth_rejected');
});

test('without the bytes that the quota is to be spared a login is judged all the same', async () => {
	expect(await said({ token: guarded }, login, { floor: true })).toBe('works');
	await world?.[Symbol.asyncDispose]();
	expect(await said({ token: guarded }, wrong, { floor: true })).toBe('auth_rejected');
});
