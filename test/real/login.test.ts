import { expect, test } from 'vitest';
import { walks } from '../probe/walks.ts';
import { attempt, recordOf, trail, verdict } from '../probe/world.ts';
import { suite } from './suite.ts';
import { asking, login, sharedWorld } from './world.ts';

suite('a docker-registry with htpasswd', ['docker-registry', 'skopeo', 'dnsmasq', 'htpasswd'], () => {
	const world = sharedWorld({ auth: 'htpasswd' });

	test('is walked with its login', async () => {
		const { node, target } = world();
		const observation = await attempt(node, target, { logins: login() });
		expect(trail(observation)).toEqual(walks.plain);
		expect(recordOf(observation, 'registry', 'challenge').facts).toMatchObject({ status: 401, scheme: 'basic' });
	});

	test('wants a login', async () => {
		const { node, target } = world();
		expect(verdict(await attempt(node, target))).toBe('registry challenge auth_required');
	});

	test('refuses a wrong login', async () => {
		const { node, target } = world();
		const observation = await attempt(node, target, { logins: login('wrong') });
		expect(verdict(observation)).toBe('registry manifest auth_rejected');
		expect(observation.asks.loginRejected).toBe(true);
	});

	test('tells only who has logged in what it does not have', async () => {
		const { node, target } = world();
		const missing = asking(target, 'team/app:2');
		expect(verdict(await attempt(node, missing))).toBe('registry challenge auth_required');
		expect(verdict(await attempt(node, missing, { logins: login() }))).toBe('registry manifest manifest_not_found');
	});
});
