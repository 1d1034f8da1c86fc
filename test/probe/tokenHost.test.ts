import { describe, expect, test } from 'vitest';

import { type Login, Secret } from '../../src/registry/secret.ts';
import { selfSigned } from '../fakes/authority.ts';
import { startHttp } from '../fakes/http.ts';
import { closedPort } from '../fakes/misbehaving.ts';
import { html, json } from '../fakes/reply.ts';
import { startTokenService } from '../fakes/token.ts';
import { attempt, makeWorld, names, recordOf, trail, verdict, type World } from './world.ts';

const login: Login = { username: 'robot', password: new Secret('planted-password') };

/** A world whose registry names this realm; `of` may look at the world. */
async function withRealm(of: (world: World) => string): Promise<World> {
	let realm = '';
	const world = await makeWorld({
		registry: {
			respond: ({ headers }) => {
				const challenge = { 'www-authenticate': `Bearer realm="${realm}",service="registry.test"` };
				return headers.authorization === undefined ? { status: 401, headers: challenge } : undefined;
			},
		},
	});
	realm = of(world);
	return world;
}

describe('the host of the token service', () => {
	test('that DNS does not know', async () => {
		await using world = await withRealm(() => 'https://gone.test/token');
		const observation = await attempt(world.node, world.target);
		expect(verdict(observation)).toBe('token dns dns_name_not_found');
		expect(recordOf(observation, 'token', 'dns').peer).toBe('gone.test');
	});

	test('that does not listen', async () => {
		const port = await closedPort();
		await using world = await withRealm(() => `https://${names.token}:${port}/token`);
		const observation = await attempt(world.node, world.target);
		expect(verdict(observation)).toBe('token tcp tcp_refused');
		expect(recordOf(observation, 'registry', 'challenge').outcome).toBe('success');
	});

	test('that nobody vouches for', async () => {
		const { key, chain } = await selfSigned([names.token]);
		await using world = await makeWorld();
		world.token.changeTls({ key, cert: chain });
		expect(verdict(await attempt(world.node, world.target))).toBe('token tls tls_untrusted');
	});

	test('at a link-local address is the fault of the challenge; its dns record stays', async () => {
		await using world = await makeWorld();
		world.answers[names.token] = { A: ['169.254.169.254'] };
		const observation = await attempt(world.node, world.target);
		expect(verdict(observation)).toBe('registry challenge auth_challenge_unsupported');
		expect(trail(observation).toSorted()).toEqual([
			'registry challenge auth_challenge_unsupported',
			'registry dns',
			'registry tcp',
			'registry tls',
			'token dns',
		]);
		expect(recordOf(observation, 'registry', 'challenge').facts).toMatchObject({ scheme: 'bearer', status: 401 });
	});

	test.each<[string, string]>([
		['IPv4', '169.254.169.254'],
		['IPv6', '[fe80::1]'],
		['AWS over IPv6', '[fd00:ec2::254]'],
		['AWS for pods', '[fd00:ec2::23]'],
		['Google over IPv6', '[fd20:ce::254]'],
		['IPv4 behind 6to4', '[2002:a9fe:a9fe::1]'],
		['IPv4 behind a NAT64 of the site', '[64:ff9b:1::a9fe:a9fe]'],
		['IPv4 as it was once written in IPv6', '[::169.254.169.254]'],
		['IPv4 in IPv6', '[::ffff:169.254.169.254]'],
		['IPv4 as a number', '2852039166'],
	])('that is a link-local literal: %s', async (_name, host) => {
		await using world = await withRealm(() => `http://${host}/token`);
		expect(verdict(await attempt(world.node, world.target))).toBe('registry challenge auth_challenge_unsupported');
	});

	test('that would be refused is not asked, and not called good, while the login is held back', async () => {
		await using world = await makeWorld();
		world.answers[names.token] = { A: ['169.254.169.254'] };
		const trying = { logins: { registry: login }, hold: { credentials: true } };
		const observation = await attempt(world.node, world.target, trying);
		expect(verdict(observation)).toBe('registry challenge auth_challenge_unsupported');
	});
});

describe('a login', () => {
	test('is not shown while it is held back; the way to the token service is walked', async () => {
		await using world = await makeWorld();
		const trying = { logins: { registry: login }, hold: { credentials: true } };
		const observation = await attempt(world.node, world.target, trying);
		expect(verdict(observation)).toBe('none');
		expect(trail(observation).slice(-4)).toEqual(['registry challenge', 'token dns', 'token tcp', 'token tls']);
		expect(world.token.requests).toEqual([]);
	});

	test('does not go from https to a plain token service: the token is an anonymous one', async () => {
		await using world = await makeWorld();
		const tokens = new Set<string>();
		await using service = await startTokenService({ tokens });
		await using other = await withRealm(() => service.realm(names.token));
		const observation = await attempt(other.node, other.target, { logins: { registry: login } });
		expect(service.asked).toEqual([{ service: 'registry.test', scopes: ['repository:team/app:pull'] }]);
		expect(recordOf(observation, 'token', 'token').facts).toMatchObject({ downgraded: true });
		// A token that the registry does not know: refused, but no login of ours was.
		expect(verdict(observation)).toBe('registry manifest auth_required');
		expect(observation.asks.loginRejected).toBe(undefined);
		expect(world.token.asked).toEqual([]);
	});

	test('inside the realm is dropped', async () => {
		await using world = await withRealm((it) => it.token.realm(names.token).replace('//', '//user:planted@'));
		expect(verdict(await attempt(world.node, world.target))).toBe('none');
		expect(world.token.requests[0]?.headers.authorization).toBe(undefined);
	});
});

describe('a token service that sends on', () => {
	test('to a login page of another host', async () => {
		await using page = await startHttp({}, () => html(200, 'Please log in'));
		const location = `${page.origin(names.blob)}/login`;
		await using world = await makeWorld({ token: { respond: () => ({ status: 302, headers: { location } }) } });
		const observation = await attempt(world.node, world.target, { logins: { registry: login } });
		expect(verdict(observation)).toBe('token token http_intercepted');
		expect(recordOf(observation, 'token', 'token').peer).toBe(`${names.blob}:${page.port}`);
		expect(page.requests[0]?.headers.authorization).toBe(undefined);
	});

	test('to a link-local address', async () => {
		const respond = () => ({ status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data' } });
		await using world = await makeWorld({ token: { respond } });
		expect(verdict(await attempt(world.node, world.target))).toBe('token token redirect_refused');
	});

	test('to another host that answers', async () => {
		const tokens = new Set(['good']);
		await using other = await startHttp({}, () => json(200, { token: 'good' }));
		const location = `${other.origin(names.blob)}/token`;
		const respond = () => ({ status: 307, headers: { location } });
		await using world = await makeWorld({ token: { tokens, respond } });
		expect(verdict(await attempt(world.node, world.target))).toBe('none');
	});
});
