import { describe, expect, test } from 'vitest';

import { type HttpServer, type Override, startHttp } from '../fakes/http.ts';
import { json } from '../fakes/reply.ts';
import { attempt, makeWorld, names } from '../probe/world.ts';

const key = 'canary-of-a-mirror-7f3a9c';
const headers = { 'X-Mirror-Key': key };
const shownTo = ({ requests }: HttpServer) => JSON.stringify(requests.map((request) => request.headers));
const challenge = (realm: string) => {
	return { status: 401, headers: { 'www-authenticate': `Bearer realm="${realm}",service="x"` } };
};

describe('a header that hosts.toml adds for a registry, which may hold a login', () => {
	test('goes to the token service that the registry names, as from containerd', async () => {
		await using world = await makeWorld();
		await attempt(world.node, { ...world.target, headers });
		expect(shownTo(world.registry)).toContain(key);
		expect(shownTo(world.token)).toContain(key);
		expect(shownTo(world.blob)).not.toContain(key);
	});

	test('does not go to a token service in plain HTTP', async () => {
		await using plain = await startHttp({}, () => json(200, { token: 'from-plain' }));
		const respond: Override = (request) =>
			request.headers.authorization === undefined ? challenge(plain.origin(names.token)) : undefined;
		await using world = await makeWorld({ registry: { respond } });
		await attempt(world.node, { ...world.target, headers });
		expect(shownTo(world.registry)).toContain(key);
		expect(plain.requests).toHaveLength(1);
		expect(shownTo(plain)).not.toContain(key);
	});

	test('does not go to a token service that somebody else names, whom the registry sends on to', async () => {
		let realm = '';
		let elsewhere = '';
		const sendsOn: Override = ({ path }) =>
			path.includes('/manifests/') ? { status: 307, headers: { location: elsewhere } } : undefined;
		const challenges: Override = (request) =>
			request.headers.authorization === undefined ? challenge(realm) : json(404, {});
		await using world = await makeWorld({ registry: { respond: sendsOn }, blob: { respond: challenges } });
		const tls = { key: world.issued.key, cert: world.issued.chain };
		await using thief = await startHttp({ tls }, () => json(200, { token: 'from-thief' }));
		[realm, elsewhere] = [thief.origin(names.token), `${world.blob.origin(names.blob)}/elsewhere`];
		await attempt(world.node, { ...world.target, headers });
		expect(shownTo(world.registry)).toContain(key);
		expect(world.blob.requests.map((request) => request.headers.authorization)).toContain('Bearer from-thief');
		expect(thief.requests).toHaveLength(1);
		expect(shownTo(thief)).not.toContain(key);
	});
});

describe('a header that stands in the place of one of ours', () => {
	test('does not go along to whom the registry sends on to', async () => {
		await using plain = await startHttp({}, () => json(404, {}));
		const respond: Override = ({ path, headers: asked }) =>
			path.includes('/manifests/') && asked.authorization !== undefined
				? { status: 307, headers: { location: plain.origin('plain.test') } }
				: undefined;
		await using world = await makeWorld({ registry: { respond } });
		world.answers['plain.test'] = { A: ['127.0.0.1'] };
		const own = Object.fromEntries(['User-Agent', 'Accept', 'Accept-Encoding'].map((name) => [name, `${key} ${name}`]));
		await attempt(world.node, { ...world.target, headers: own });
		expect(shownTo(world.registry)).toContain(`${key} User-Agent`);
		expect(plain.requests.length).toBeGreaterThan(0);
		expect(shownTo(plain)).not.toContain(key);
		expect(shownTo(plain)).toContain('registry-probe');
	});
});
