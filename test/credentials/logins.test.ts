import { rm } from 'node:fs/promises';
import { inspect } from 'node:util';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { createLogins } from '../../src/credentials/logins.ts';
import { nodeProxyLogin } from '../../src/plan/nodeProxy.ts';
import { targetFor } from '../plan/only.ts';
import { Secret } from '../../src/registry/secret.ts';
import { Folder } from '../config/folder.ts';
import { configOf, entryOf } from '../plan/settings.ts';

let folder: Folder;
let file: string;

const passwords = (password: string) => JSON.stringify({ auths: { 'r.example': { username: 'me', password } } });
const proxy = (password: string) =>
	({
		kind: 'url',
		scheme: 'http',
		hostname: 'proxy',
		port: 3128,
		login: { username: 'p', password: new Secret(password) },
	}) as const;

beforeEach(async () => {
	folder = await Folder.make();
	file = await folder.write('login.json', passwords('first'));
});

afterEach(() => folder[Symbol.asyncDispose]());

const configured = () =>
	configOf({
		proxy: proxy('general'),
		registries: [
			entryOf({ name: 'r.example', credentials: { source: 'file', file }, proxy: proxy('own') }),
			entryOf({ name: 'direct.example', proxy: { kind: 'none' } }),
		],
	});

/** The passwords of what is typed: registry and proxy. */
function reader() {
	const config = configured();
	const logins = createLogins(config);
	return async (typed: string) => {
		const found = await logins(targetFor(typed, config));
		return [found.registry?.password.reveal(), found.proxy?.password.reveal()];
	};
}

test('the file is read at the moment of use', async () => {
	const read = reader();
	expect(await read('r.example')).toEqual(['first', 'own']);
	await folder.write('login.json', passwords('second'));
	expect(await read('r.example')).toEqual(['second', 'own']);
});

test.each([
	['gone', () => rm(file)],
	['half written', () => folder.write('login.json', '{"auths": {')],
	['too large', () => folder.write('login.json', ' '.repeat(1024 ** 2 + 1))],
])('while the file is %s the last good login is used', async (_how, spoil) => {
	const read = reader();
	await read('r.example');
	await spoil();
	expect(await read('r.example')).toEqual(['first', 'own']);
	await folder.write('login.json', passwords('later'));
	expect(await read('r.example')).toEqual(['later', 'own']);
});

test('without any good file the attempt is anonymous', async () => {
	await rm(file);
	expect(await reader()('r.example')).toEqual([undefined, 'own']);
});

test('a proxy has the login of the registry, else the one for all', async () => {
	const read = reader();
	expect(await read('other.example')).toEqual([undefined, 'general']);
	expect(await read('direct.example')).toEqual([undefined, undefined]);
});

test("a registry that uses the node's proxy has the node's login there, whoever else logs in at it", async () => {
	const other = entryOf({ name: 'r.example', proxy: proxy('own') });
	const config = configOf({ registries: [other, entryOf({ name: 'node.example' })] });
	const value = new Secret('http://n:of-the-node@proxy:3128');
	const source = { file: '/etc/environment', line: 1 };
	const environment = { httpsProxy: { name: 'HTTPS_PROXY', value, source }, reader: 'test', files: [], faults: [] };
	const logins = createLogins(config, { nodeProxyLogin: (target) => nodeProxyLogin(environment, target) });
	const passwordAt = async (name: string, hostname = 'proxy') => {
		const used = { scheme: 'http', hostname, port: 3128, login: true, source: 'test' } as const;
		return (await logins({ ...targetFor(name, config), proxy: used })).proxy?.password.reveal();
	};
	expect(await passwordAt('node.example')).toBe('of-the-node');
	expect(await passwordAt('r.example')).toBe('own');
	expect(await passwordAt('node.example', 'elsewhere')).toBeUndefined();
});

test('a login that a target no longer may use is not kept for it', async () => {
	const config = configured();
	const logins = createLogins(config);
	const target = targetFor('r.example', config);
	expect((await logins(target)).registry?.password.reveal()).toBe('first');
	const mirror = { ...target, endpoint: { ...target.endpoint, hostname: 'mirror.example' } };
	expect(await logins({ ...mirror, credentials: { source: 'file', file, ownHost: true } })).not.toHaveProperty(
		'registry',
	);
});

test('logins print no password', async () => {
	const config = configured();
	const found = await createLogins(config)(targetFor('r.example', config));
	expect(`${inspect(found, { depth: 9, showHidden: true })}${JSON.stringify(found)}`).not.toMatch(/first|own/);
});
