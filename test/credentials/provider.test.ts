import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { describe, expect, test } from 'vitest';

import type { ProviderProgram } from '../../src/credentials/provider.ts';

import { fake, folder, loginOf, provider, runs } from './providerWorld.ts';

test('is asked by the API of the kubelet, with its own words and environment', async () => {
	const login = await loginOf(provider());
	expect([login?.username, login?.password.reveal(), login?.source]).toEqual(['me', 'hidden', 'provider:fake']);
	const [asked] = await fake.requests();
	expect(asked?.request).toEqual({
		apiVersion: 'credentialprovider.kubelet.k8s.io/v1',
		kind: 'CredentialProviderRequest',
		image: 'r.example/team/app',
	});
	expect(asked?.words).toEqual(['get', '--v=1']);
	expect(asked?.environment).toEqual({ PATH: '/usr/bin:/bin', PROFILE: 'node' });
	expect(runs).toEqual([{ provider: 'fake', seconds: expect.closeTo(0.5, 0) }]);
});

describe('an answer', () => {
	/** How often the provider runs when it is asked for these images. */
	async function runsFor(more: object, images: readonly string[], settings: Partial<ProviderProgram> = {}) {
		await fake.does(`answer({}, ${JSON.stringify(more)});`);
		const one = provider({ leastReuse: 0 }, settings);
		for (const image of images) await one.ask(image);
		return (await fake.requests()).length;
	}

	const images = ['a.example/x', 'a.example/x', 'a.example/y', 'b.example/x'];

	test.each([
		['Image', 3],
		['Registry', 2],
		['Global', 1],
	])('for a %s is kept for it', async (cacheKeyType, expected) => {
		expect(await runsFor({ cacheKeyType, cacheDuration: '1h' }, images)).toBe(expected);
	});

	test('that says 0 is not kept longer than an attempt needs', async () => {
		expect(await runsFor({ cacheDuration: '0s' }, ['a.example/x', 'a.example/x'])).toBe(2);
		const one = provider();
		await one.ask('a.example/x');
		await one.ask('a.example/x');
		expect((await fake.requests()).length).toBe(3);
	});

	test('that does not say is kept as the configuration says', async () => {
		const twice = ['a.example/x', 'a.example/x'];
		expect(await runsFor({ cacheDuration: null }, twice, { defaultCacheDuration: 60 })).toBe(1);
	});

	test('is no longer kept when its time is over', async () => {
		await fake.does(`answer({}, { cacheDuration: '300ms' });`);
		const one = provider({ leastReuse: 0 });
		await one.ask('a.example/x');
		await wait(400);
		await one.ask('a.example/x');
		expect(await fake.requests()).toHaveLength(2);
	});

	test('may hold patterns and several logins', async () => {
		await fake.does(
			`answer({ '*.example': { username: 'all', password: 'p' }, 'r.example/team': { username: 'team', password: 'p' } });`,
		);
		const one = provider();
		expect((await loginOf(one))?.username).toBe('team');
		expect((await loginOf(one, 'x.example/a'))?.username).toBe('all');
	});

	test('without user and password is an anonymous pull', async () => {
		await fake.does(`answer({ '*.azurecr.*': { username: '', password: '' } });`);
		expect(await loginOf(provider(), 'x.azurecr.io/a')).toBeUndefined();
		expect(runs[0]).not.toHaveProperty('failed');
	});
});

describe('a login ends', () => {
	const now = () => Date.now() / 1000;
	const hours = async (auth: object, more: object = {}) => {
		await fake.does(`answer(${JSON.stringify({ 'r.example': auth })}, ${JSON.stringify(more)});`);
		const notAfter = (await loginOf(provider()))?.notAfter;
		return notAfter === undefined ? undefined : (notAfter - now()) / 3600;
	};
	const claims = Buffer.from(JSON.stringify({ exp: Math.floor(now()) + 7 * 3600 })).toString('base64url');

	test.each([
		['when its token says', { username: 'x', password: `a.${claims}.b` }, { cacheDuration: '1h' }, 7],
		["after Amazon's 12 hours", { username: 'AWS', password: 'p' }, { cacheDuration: '6h' }, 12],
		['when the provider is to be asked again', { username: 'x', password: 'p' }, { cacheDuration: '2h' }, 2],
	])('%s', async (_when, auth, more, expected) => {
		expect(await hours(auth, more)).toBeCloseTo(expected, 1);
	});

	test('at an unknown time where nothing says', async () => {
		expect(await hours({ username: 'x', password: 'p' })).toBeUndefined();
	});
});

test('a provider runs once at a time, also for many who ask', async () => {
	const busy = JSON.stringify(join(folder.path, 'busy'));
	await fake.does(`
		fs.mkdirSync(${busy});
		setTimeout(() => { fs.rmdirSync(${busy}); answer({}, { cacheKeyType: 'Image', cacheDuration: '1h' }); }, 150);`);
	const one = provider();
	await Promise.all(['a', 'b', 'a', 'b', 'c'].map((name) => one.ask(`r.example/${name}`)));
	expect(runs.map(({ failed }) => failed)).toEqual([undefined, undefined, undefined]);
});
