import { describe, expect, test } from 'vitest';

import type { Target } from '../../src/plan/target.ts';
import { guard } from '../../src/probe/guard.ts';
import type { Observation } from '../../src/probe/observation.ts';
import { closedPort } from '../fakes/misbehaving.ts';
import { startHttp, type HttpServer, type Override } from '../fakes/http.ts';
import type { Image } from '../fakes/image.ts';
import { startRegistry, type RegistryOptions } from '../fakes/registry.ts';
import { html, type Answer } from '../fakes/reply.ts';
import { startTokenService, type TokenService } from '../fakes/token.ts';
import { attempt, makeWorld, names, recordOf, trail, verdict, type World } from './world.ts';

const away = 'mirror.test';

interface Scene extends AsyncDisposable {
	readonly world: World;
	/** Where the registry sends manifest requests; `…/*`: to the same path there. */
	location: string;
	try(change?: Partial<Target>): Promise<Observation>;
}

/** A registry that sends every manifest request on, after its own token. */
async function sending(status = 307, location = '', open = false): Promise<Scene> {
	const respond: Override = ({ path, headers }) => {
		const passed = open || headers.authorization !== undefined;
		const to = scene.location === '' ? {} : { location: scene.location.replace(/\/\*$/, path) };
		return passed && path.includes('/manifests/') ? { status, headers: to } : undefined;
	};
	const world = await makeWorld({ registry: { respond } });
	world.answers[away] = { A: ['127.0.0.1'] };
	const scene: Scene = {
		world,
		location,
		try: async (change = {}) => await attempt(world.node, { ...world.target, timeout: 1, ...change }),
		[Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
	};
	return scene;
}

/** Another registry, plain HTTP, for `location`. */
async function other(image: Image, options: RegistryOptions = {}): Promise<HttpServer> {
	return await startRegistry({ images: { 'team/app': { 1: image } }, ...options });
}

const manifestAt = (server: HttpServer) => `${server.origin(away)}/*`;

describe('a manifest request that is sent on', () => {
	test('is answered by the other host, under its own role, and gets no authorization there', async () => {
		await using scene = await sending();
		await using mirror = await other(scene.world.image);
		scene.location = manifestAt(mirror);
		const observation = await scene.try();
		expect(verdict(observation)).toBe('none');
		expect(trail(observation)).toEqual(expect.arrayContaining(['redirect dns', 'redirect tcp', 'redirect manifest']));
		expect(recordOf(observation, 'redirect', 'manifest')).toMatchObject({
			peer: `${away}:${mirror.port}`,
			facts: { downgraded: true, redirects: [`${mirror.origin(away)}/v2/team/app/manifests/1`] },
		});
		expect(new Set(mirror.requests.map(({ headers }) => headers.authorization))).toEqual(new Set([undefined]));
	});

	test.each([301, 302, 303, 307, 308])('by %i', async (status) => {
		await using scene = await sending(status);
		await using mirror = await other(scene.world.image);
		scene.location = manifestAt(mirror);
		expect(verdict(await scene.try())).toBe('none');
	});

	test('of an open registry, by the first answer', async () => {
		await using scene = await sending(307, '', true);
		await using mirror = await other(scene.world.image);
		scene.location = manifestAt(mirror);
		const observation = await scene.try({ blob: { bytes: 1, byDefault: false } });
		expect(trail(observation)).toContain('redirect manifest');
		expect(recordOf(observation, 'redirect', 'manifest')).toHaveProperty('seconds');
	});

	test('within the host keeps its role and its authorization', async () => {
		await using scene = await sending();
		const { registry } = scene.world;
		scene.location = '/v2/team/app/other/1';
		const observation = await scene.try();
		expect(verdict(observation)).toBe('registry manifest manifest_not_found');
		expect(registry.requests.at(-1)?.headers.authorization).toMatch(/^Bearer /);
	});
});

test('a request that comes back to the registry is shown the registry’s token again', async () => {
	await using scene = await sending();
	const { registry } = scene.world;
	await using detour = await startHttp({}, ({ path }) => ({
		status: 307,
		headers: { location: `${registry.origin(names.registry)}${path.replace('/1', '/back')}` },
	}));
	scene.location = `${detour.origin(away)}/v2/team/app/manifests/1`;
	await scene.try();
	const shown = (server: HttpServer) => server.requests.map(({ headers }) => headers.authorization?.slice(0, 6));
	expect(shown(detour).filter(Boolean)).toEqual([]);
	expect(shown(registry).slice(1)).toContain('Bearer');
	expect(shown(registry).slice(1)).not.toContain(undefined);
});

describe('the other host fails', () => {
	test('it is not in DNS', async () => {
		await using scene = await sending(307, 'https://gone.test/x');
		expect(verdict(await scene.try())).toBe('redirect dns dns_name_not_found');
	});

	test('it does not listen', async () => {
		await using scene = await sending(307, `https://${away}:${await closedPort()}/x`);
		expect(verdict(await scene.try())).toBe('redirect tcp tcp_refused');
	});

	test.each<[string, Answer | 'silence' | 'close' | 'reset', string]>([
		['says nothing', 'silence', 'http_timeout'],
		['closes', 'close', 'http_closed'],
		['resets', 'reset', 'connection_reset'],
		['404', { status: 404 }, 'manifest_not_found'],
		['403: nothing was shown to it', { status: 403 }, 'http_forbidden'],
		['500', { status: 500 }, 'http_server_error'],
		['a login page', html(200, 'Please log in'), 'http_intercepted'],
		['404 with a page', html(404, 'Not Found'), 'http_intercepted'],
		['401 without a challenge', { status: 401 }, 'auth_challenge_unsupported'],
		['a login wanted', { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }, 'auth_required'],
		['sent on without a Location', { status: 302 }, 'redirect_refused'],
	])('%s', async (_name, reply, reason) => {
		await using scene = await sending();
		await using host = await startHttp({}, () => reply);
		scene.location = `${host.origin(away)}/v2/team/app/manifests/1`;
		expect(verdict(await scene.try())).toBe(`redirect manifest ${reason}`);
	});
});

describe('the other host wants a token of its own', () => {
	/** A mirror behind a token service. */
	async function guarded(scene: Scene, service: TokenService): Promise<HttpServer> {
		const bearer = { realm: service.realm(names.token), service: 'mirror', tokens: service.tokens };
		const mirror = await other(scene.world.image, { auth: { bearer } });
		scene.location = manifestAt(mirror);
		return mirror;
	}

	test('and gets it, anonymously', async () => {
		await using scene = await sending();
		await using service = await startTokenService();
		await using mirror = await guarded(scene, service);
		expect(verdict(await scene.try())).toBe('none');
		expect(service.asked[0]).toEqual({ service: 'mirror', scopes: ['repository:team/app:pull'] });
		const shown = new Set(mirror.requests.map(({ headers }) => headers.authorization));
		expect([...shown].filter((value) => scene.world.token.tokens.has((value ?? '').slice(7)))).toEqual([]);
	});

	test('and refuses it', async () => {
		await using scene = await sending();
		await using service = await startTokenService();
		await using elsewhere = await startTokenService();
		const bearer = { realm: service.realm(names.token), service: 'mirror', tokens: elsewhere.tokens };
		await using mirror = await other(scene.world.image, { auth: { bearer } });
		scene.location = manifestAt(mirror);
		expect(verdict(await scene.try())).toBe('redirect manifest auth_required');
		expect(service.asked.length).toBe(1);
	});
});

describe('a Location that may not be followed belongs to the host that sent it', () => {
	test.each<[string, string]>([
		['none', ''],
		['of another scheme', 'ftp://mirror.test/x'],
		['to a file', 'file:///etc/passwd'],
		['that is no URL', 'http://'],
		['to a link-local address', 'http://169.254.169.254/latest/meta-data'],
		['to a link-local address in IPv6', 'http://[fe80::1]/x'],
		['to a name at a link-local address', 'http://metadata.test/x'],
	])('%s', async (_name, location) => {
		await using scene = await sending(307, location);
		scene.world.answers['metadata.test'] = { A: ['169.254.169.254'] };
		expect(verdict(await scene.try())).toBe('registry manifest redirect_refused');
	});

	test.each<[readonly string[], string]>([
		[['169.254.1.1'], '169.254.1.1'],
		[['192.0.2.1', '::1'], '::1'],
		[['::ffff:127.0.0.1'], '::ffff:127.0.0.1'],
		[['0.0.0.0'], '0.0.0.0'],
		[['64:ff9b::a9fe:a9fe'], '64:ff9b::a9fe:a9fe'],
	])('at %j when the registry is elsewhere', (addresses, named) => {
		expect(() => guard('other.test', addresses, false)).toThrow(named);
	});

	test('private addresses may be followed, loopback from loopback too', () => {
		expect(() => guard('other.test', ['10.0.0.1', 'fd00::1'], false)).not.toThrow();
		expect(() => guard('other.test', ['127.0.0.1'], true)).not.toThrow();
	});
});

describe('a Location', () => {
	test('that leads back ends after ten redirects', async () => {
		await using scene = await sending(307, '/v2/team/app/manifests/1');
		const observation = await scene.try();
		expect(verdict(observation)).toBe('registry manifest redirect_loop');
		expect(observation.requests.filter(({ role }) => role === 'registry').length).toBe(12);
	});

	test('with a login in it: the login is dropped', async () => {
		await using scene = await sending();
		await using mirror = await other(scene.world.image);
		scene.location = manifestAt(mirror).replace('//', '//user:planted@');
		const observation = await scene.try();
		expect(verdict(observation)).toBe('none');
		expect(mirror.requests[0]?.headers.authorization).toBe(undefined);
		expect(JSON.stringify(observation)).not.toContain('planted@');
	});
});
