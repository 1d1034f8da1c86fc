import { describe, expect, test } from 'vitest';
import { type HttpServer, type Override } from '../fakes/http.ts';
import { attempt, makeWorld, trail, verdict } from '../probe/world.ts';
import { makeRedirectedWorld } from './redirected.ts';

const manifestsOf = ({ requests }: HttpServer) =>
	requests.filter(({ path }) => path.includes('/manifests/')).map(({ method }) => method);

const withoutHead: Override = ({ method }) => (method === 'HEAD' ? { status: 405 } : undefined);
const saying =
	(headers: Readonly<Record<string, string>>, status = 404): Override =>
	({ method }) =>
		method === 'HEAD' ? { status, headers } : undefined;

describe('while the quota is under its floor', () => {
	const hold = { floor: true };

	test.each([400, 403, 404])('the code of an error (%d) is not read', async (status) => {
		await using world = await makeWorld({ registry: { auth: 'open', respond: () => ({ status }) } });
		await attempt(world.node, world.target, { hold });
		expect(manifestsOf(world.registry)).toEqual(['HEAD']);
	});

	test('a registry that knows no HEAD is asked no further, and nothing looks broken', async () => {
		await using world = await makeWorld({ registry: { auth: 'open', respond: withoutHead } });
		const observation = await attempt(world.node, world.target, { hold });
		expect(world.registry.requests.map(({ method }) => method)).toEqual(['HEAD']);
		expect(trail(observation).at(-1)).toBe('registry challenge');
		expect(verdict(observation)).toBe('none');
	});

	test.each([
		['of which nothing is left, though the limit is not told', { 'ratelimit-remaining': '0;w=21600' }],
		['of which a twentieth is left', { 'ratelimit-limit': '100', 'ratelimit-remaining': '5' }],
	])('an attempt that meets a quota %s sends no GET either', async (_what, headers) => {
		await using world = await makeWorld({ registry: { auth: 'open', respond: saying(headers) } });
		const { asks } = await attempt(world.node, world.target);
		expect(manifestsOf(world.registry)).toEqual(['HEAD']);
		expect(asks.quotaLeft).toBeLessThan(0.1);
	});
});

describe('manifests of Docker Hub are not read', () => {
	const name = 'registry-1.docker.io';

	test.each([200, 400, 403, 404, 405])('where a registry sends the HEAD on to it (%d)', async (status) => {
		const respond: Override = () => (status === 200 ? undefined : { status });
		await using world = await makeRedirectedWorld({ name, away: { respond } });
		await attempt(world.node, world.target);
		expect(manifestsOf(world.away)).toEqual(['HEAD']);
		expect(manifestsOf(world.registry)).toEqual(['HEAD']);
	});

	test('where a registry sends only the GET on to it', async () => {
		await using world = await makeRedirectedWorld({
			name,
			keeps: ({ method }) =>
				method === 'HEAD'
					? { status: 200, headers: { 'content-type': 'application/vnd.oci.image.index.v1+json' } }
					: undefined,
		});
		const observation = await attempt(world.node, world.target);
		expect(manifestsOf(world.registry)).toEqual(['HEAD', 'GET']);
		expect(manifestsOf(world.away)).toEqual([]);
		expect(verdict(observation)).toBe('none');
	});

	test.each([200, 404, 405])('where the answers (%d) of an unknown name show that they are its own', async (status) => {
		const respond = saying({ 'docker-ratelimit-source': '192.0.2.1', 'content-type': 'application/json' }, status);
		await using world = await makeWorld({ registry: { auth: 'open', respond } });
		await attempt(world.node, world.target);
		expect(manifestsOf(world.registry)).toEqual(['HEAD']);
	});
});

test('a host that manifest requests are sent on to gets its own token with every one of them', async () => {
	await using world = await makeRedirectedWorld({ challenge: true });
	const observation = await attempt(world.node, world.target);
	expect(verdict(observation)).toBe('none');
	expect(manifestsOf(world.away)).toEqual(['HEAD', 'HEAD', 'GET', 'GET']);
	expect(world.registry.requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
	expect(world.token.requests).toHaveLength(1);
});
