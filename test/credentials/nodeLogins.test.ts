import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createLogins } from '../../src/credentials/logins.ts';
import type { NodeSources } from '../../src/credentials/nodeLogins.ts';
import type { ProviderProgram } from '../../src/credentials/provider.ts';
import type { Target } from '../../src/plan/target.ts';
import { readDockerConfig } from '../../src/registry/dockerConfig.ts';
import { Secret } from '../../src/registry/secret.ts';
import { Folder } from '../config/folder.ts';
import { makeProvider, programOf } from '../fakes/credentialProvider.ts';
import { configOf } from '../plan/settings.ts';
import { aTarget } from '../store/literals.ts';

const configWith = (...locations: readonly string[]) => {
	const auths = Object.fromEntries(locations.map((location) => [location, { username: location, password: 'p' }]));
	return readDockerConfig(JSON.stringify({ auths }));
};
const target = (changes: Partial<Target> = {}) =>
	aTarget({
		registry: 'r.example',
		host: 'r.example',
		endpoint: { scheme: 'https', hostname: 'r.example', port: 443 },
		image: { domain: 'r.example', repository: 'team/app', tag: '1' },
		credentials: { source: 'node' },
		...changes,
	});
const mirror = target({
	host: 'mirror.example:5000',
	endpoint: { scheme: 'http', hostname: 'mirror.example', port: 5000 },
	via: 'mirror',
});

let folder: Folder;
let sources: { -readonly [K in keyof NodeSources]: NodeSources[K] };

beforeEach(async () => {
	folder = await Folder.make();
	sources = {
		keyring: () => ({ config: configWith(), unreadable: false }),
		providers: () => [],
		runtime: () => ({}),
	};
});
afterEach(() => folder[Symbol.asyncDispose]());

/** A provider with this name that knows a login under this key. */
async function provider(name: string, key: string, settings: Partial<ProviderProgram> = {}) {
	const answer = `answer({ ${JSON.stringify(key)}: { username: request.image + ' by ${name}', password: 'p' } }, { cacheDuration: '1h' });`;
	const fake = await makeProvider(join(folder.path, name), answer);
	return { ...fake, program: programOf(fake.executable, { name, ...settings }) };
}

/** `user source` of the login for a target. */
function reader() {
	const logins = createLogins(configOf(), { node: sources });
	return async (asked = target()) => {
		const { registry } = await logins(asked);
		return registry && `${registry.username} ${registry.source}`;
	};
}

describe('the order of the kubelet', () => {
	test('its own file stands before the providers, which are not run then', async () => {
		const fake = await provider('ecr', 'r.example');
		sources.providers = () => [fake.program];
		sources.keyring = () => ({ config: configWith('r.example', 'r.example/team'), unreadable: false });
		expect(await reader()()).toBe('r.example/team node');
		expect(await fake.requests()).toEqual([]);
	});

	test('providers are asked for the images that they match', async () => {
		const other = await provider('other', 'r.example', { matchImages: ['*.other.example', 'r.example:5000'] });
		const fitting = await provider('fitting', 'r.example', { matchImages: ['x.example', 'r.example/team'] });
		sources.providers = () => [other.program, fitting.program];
		expect(await reader()()).toBe('r.example/team/app by fitting provider:fitting');
		expect(await other.requests()).toEqual([]);
	});

	test('of several providers the longer key counts, then the earlier provider', async () => {
		const first = await provider('first', '*.example');
		const second = await provider('second', 'r.example');
		const third = await provider('third', 'r.example');
		sources.providers = () => [first.program, second.program, third.program];
		expect(await reader()()).toContain('provider:second');
	});

	test('what the runtime is configured with comes last', async () => {
		const auth = { username: new Secret('legacy'), password: new Secret('p') };
		sources.runtime = () => ({ hosts: [{ host: 'r.example', ...auth }] });
		const read = reader();
		expect(await read()).toBe('legacy runtime');
		sources.keyring = () => ({ config: configWith('r.example'), unreadable: false });
		expect(await read()).toBe('r.example node');
	});

	test("the auth files of CRI-O are read by CRI-O's rule", async () => {
		sources.runtime = () => ({
			files: [
				{ file: '/a', config: configWith('*.example') },
				{ file: '/b', config: configWith('r.example/team') },
			],
		});
		expect(await reader()()).toBe('r.example/team runtime');
	});
});

test.each(['evil', 'localhost'])(
	'a host that is called %s gets no login of Docker Hub, as it would from the kubelet',
	async (host) => {
		sources.keyring = () => ({ config: configWith('https://index.docker.io/v1/'), unreadable: false });
		const asked = (domain: string) => target({ image: { domain, repository: 'team/app', tag: '1' } });
		expect(await reader()(asked('docker.io'))).toBe('https://index.docker.io/v1/ node');
		expect(await reader()(asked(host))).toBeUndefined();
	},
);

test('a mirror gets the login of its own host, never that of the image', async () => {
	const fake = await provider('all', '*.example');
	sources.providers = () => [fake.program];
	sources.keyring = () => ({ config: configWith('r.example', 'mirror.example:5000'), unreadable: false });
	const read = reader();
	expect(await read(mirror)).toBeUndefined();
	const auth = { username: new Secret('mirrored'), password: new Secret('p') };
	sources.runtime = () => ({
		hosts: [
			{ host: 'r.example', ...auth },
			{ host: 'mirror.example:5000', ...auth },
		],
	});
	expect(await read(mirror)).toBe('mirrored runtime');
	expect(await fake.requests()).toEqual([]);
});

test('a login that the node no longer has is no longer used', async () => {
	sources.keyring = () => ({ config: configWith('r.example'), unreadable: false });
	const read = reader();
	await read();
	sources.keyring = () => ({ config: configWith(), unreadable: false });
	expect(await read()).toBeUndefined();
});

test.each([
	['cannot be read', () => ({ config: configWith(), unreadable: true })],
	['finds no descriptor', outOfDescriptors],
])("while the kubelet's file %s its last good login is used", async (_how, spoilt) => {
	sources.keyring = () => ({ config: configWith('r.example'), unreadable: false });
	const read = reader();
	await read();
	sources.keyring = spoilt;
	expect(await read()).toBe('r.example node');
});

test('without descriptors and without a login nothing is said', async () => {
	sources.keyring = outOfDescriptors;
	await expect(reader()()).rejects.toThrow('EMFILE');
	sources.keyring = () => ({ config: configWith(), unreadable: true });
	expect(await reader()()).toBeUndefined();
});

function outOfDescriptors(): never {
	throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
}

test('a provider with other settings is asked anew', async () => {
	const fake = await provider('ecr', 'r.example');
	sources.providers = () => [fake.program];
	const read = reader();
	await read();
	await read();
	sources.providers = () => [{ ...fake.program, arguments: ['other'] }];
	await read();
	expect((await fake.requests()).map(({ words }) => words)).toEqual([['get', '--v=1'], ['other']]);
});

test('each login is told with its source and its end', async () => {
	const fake = await provider('ecr', 'r.example');
	sources.providers = () => [fake.program];
	const told: unknown[] = [];
	const onLogin = ({ id }: Target, login?: object) => told.push([id, login]);
	const logins = createLogins(configOf(), { node: sources, onLogin });
	await logins(target());
	await logins(target({ credentials: { source: 'anonymous' } }));
	expect(told).toMatchObject([['r.example r.example', { source: 'provider:ecr', notAfter: expect.any(Number) }]]);
});

test('no login is had from a node that is not read', async () => {
	expect(await createLogins(configOf())(target())).toEqual({});
});
