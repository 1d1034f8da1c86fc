import { afterEach, expect, test } from 'vitest';

import { aTarget, aStore } from '../store/literals.ts';
import type { HttpServer } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { type RegistryOptions, startRegistry } from '../fakes/registry.ts';
import { registryError } from '../fakes/registryError.ts';
import { type DemandSettings, type DemandWorld, loginOf, makeDemandWorld } from './demandWorld.ts';

const { signal } = new AbortController();
let registry: HttpServer;
let world: DemandWorld;

async function started(options: RegistryOptions = {}, settings: DemandSettings = {}): Promise<DemandWorld> {
	registry = await startRegistry({ images: { 'team/app': { 1: makeImage() } }, ...options });
	world = await makeDemandWorld(registry, settings);
	return world;
}

afterEach(async () => {
	await world[Symbol.asyncDispose]();
	await registry.close();
});

test('an image that is there comes, a tag that is not does not', async () => {
	const { demand, image } = await started();
	expect(await demand(image('team/app:1'), { signal })).toMatchObject({ login: 'none', pull: { success: true } });
	const missing = await demand(image('team/app:2'), { signal });
	expect(missing.pull).toMatchObject({ success: false, blame: { reason: 'manifest_not_found', stage: 'manifest' } });
});

test('a login is shown, and a rejected one no second time, not even for another image', async () => {
	const { demand, image } = await started({ auth: { basic: { user: 'me', password: 'right' } } });
	const right = await demand(image('team/app:1'), { signal, login: loginOf('right') });
	expect(right).toMatchObject({ login: 'given', pull: { success: true } });
	const wrong = await demand(image('team/app:1'), { signal, login: loginOf('wrong') });
	expect(wrong.pull?.blame?.reason).toBe('auth_rejected');
	const before = registry.requests.length;
	const again = await demand(image('team/other:1'), { signal, login: loginOf('wrong') });
	expect(again.pull).toMatchObject({
		image: expect.stringContaining('team/other:1'),
		blame: { reason: 'auth_rejected' },
	});
	expect(registry.requests).toHaveLength(before);
});

test('two probes at once show a wrong login once', async () => {
	const { demand, image } = await started({ auth: { basic: { user: 'me', password: 'right' } } });
	const names = ['team/app:1', 'team/other:1'];
	const both = await Promise.all(names.map((name) => demand(image(name), { signal, login: loginOf('wrong') })));
	expect(both.map(({ pull }) => pull?.blame?.reason)).toEqual(['auth_rejected', 'auth_rejected']);
	expect(registry.requests.filter(({ headers }) => headers.authorization !== undefined)).toHaveLength(1);
});

test('a host that asks to be left alone is left alone', async () => {
	const limited = registryError(429, 'TOOMANYREQUESTS');
	const respond = () => ({ ...limited, headers: { ...limited.headers, 'retry-after': '60' } });
	const { demand, image } = await started({ respond });
	expect((await demand(image('team/app:1'), { signal })).pull?.blame?.reason).toBe('rate_limited');
	const before = registry.requests.length;
	expect(await demand(image('team/app:2'), { signal })).toMatchObject({ observations: [], unasked: 'paused' });
	expect(registry.requests).toHaveLength(before);
});

test('a pause of the regular probes holds for every image of that host', async () => {
	const states = () => {
		const endpoint = { scheme: 'http', hostname: '127.0.0.1', port: registry.port } as const;
		const target = aTarget({ endpoint });
		const store = aStore(target);
		store.setPauses(target.id, ['retry_after']);
		return store.states();
	};
	const { demand, image } = await started({}, { states });
	expect((await demand(image('team/app:1'), { signal })).unasked).toBe('paused');
	expect(registry.requests).toEqual([]);
});

test('a host of this machine is not asked because a pod names it', async () => {
	const { demand, image } = await started({}, { stranger: true });
	expect(await demand(image('team/app:1'), { signal })).toEqual({ observations: [], login: 'none', unasked: 'denied' });
	expect(registry.requests).toEqual([]);
});

test('two images are tried at once, and no more', async () => {
	let [running, most] = [0, 0];
	const respond = async () => {
		most = Math.max(most, ++running);
		await new Promise((resolve) => setTimeout(resolve, 50));
		running -= 1;
		return undefined;
	};
	const { demand, image } = await started({ respond });
	const all = ['a', 'b', 'c', 'd', 'e'].map((tag) => demand(image(`team/app:${tag}`), { signal }));
	await Promise.all(all);
	expect(most).toBe(2);
});

test('what is over is not begun', async () => {
	const { demand, image } = await started();
	expect(await demand(image('team/app:1'), { signal: AbortSignal.abort() })).toEqual({
		observations: [],
		login: 'none',
	});
	expect(registry.requests).toEqual([]);
});
