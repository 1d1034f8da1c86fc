import { expect, test } from 'vitest';
import { createAuthority } from '../fakes/authority.ts';
import { walks } from '../probe/walks.ts';
import { attempt, recordOf, trail, verdict } from '../probe/world.ts';
import { suite } from './suite.ts';
import { asking, login, makeRealWorld, sharedWorld } from './world.ts';

suite('a docker-registry with tokens', ['docker-registry', 'skopeo', 'dnsmasq'], () => {
	const world = sharedWorld({ auth: 'token' });

	test('is walked with an anonymous token', async () => {
		const { node, target, token } = world();
		const observation = await attempt(node, target);
		const fromRegistry = walks.whole.filter((each) => !each.startsWith('blob'));
		expect(trail(observation)).toEqual([...fromRegistry, 'registry blob']);
		const realm = `${token?.origin('auth.test')}/token`;
		expect(recordOf(observation, 'registry', 'challenge').facts).toMatchObject({
			status: 401,
			scheme: 'bearer',
			realm,
		});
		expect(recordOf(observation, 'token', 'token').facts).toMatchObject({ lifetimeSeconds: 300 });
	});

	test.each([
		['nobody, what is open', undefined, 'team/app:1', 'none'],
		['nobody, what is closed', undefined, 'private/app:1', 'registry manifest auth_denied'],
		['a user, what is closed', login(), 'private/app:1', 'none'],
		['a user, what is missing', login(), 'private/app:2', 'registry manifest manifest_not_found'],
		['a wrong login', login('wrong'), 'team/app:1', 'token token auth_rejected'],
	])('answers %s', async (_who, logins, image, expected) => {
		const { node, target } = world();
		expect(verdict(await attempt(node, asking(target, image), logins && { logins }))).toBe(expected);
	});

	test('takes no token of a service that it does not trust', async () => {
		const { node, target, registry, directory, authority } = world();
		await registry.stop();
		directory.write('token-authority.pem', (await createAuthority()).pem);
		await registry.start();
		expect(verdict(await attempt(node, target))).toBe('registry manifest auth_required');
		expect(verdict(await attempt(node, target, { logins: login() }))).toBe('registry manifest auth_rejected');
		await registry.stop();
		directory.write('token-authority.pem', authority.pem);
		await registry.start();
	});

	test('cannot be pulled from while its token service is down', async () => {
		await using own = await makeRealWorld({ auth: 'token' });
		await own.token?.close();
		const observation = await attempt(own.node, own.target);
		expect(verdict(observation)).toBe('token tcp tcp_refused');
		expect(recordOf(observation, 'registry', 'challenge').outcome).toBe('success');
	});

	test('that dies between challenge and manifest is missed where it is asked again', async () => {
		const registry: { kill?: () => Promise<void> } = {};
		await using own = await makeRealWorld({ auth: 'token', beforeGrant: async () => await registry.kill?.() });
		registry.kill = () => own.registry.stop('SIGKILL');
		const observation = await attempt(own.node, own.target);
		expect(verdict(observation)).toBe('registry tcp tcp_refused');
		expect(recordOf(observation, 'token', 'token').outcome).toBe('success');
	});
});
