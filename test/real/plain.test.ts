import { expect, test } from 'vitest';
import { attempt, recordOf, trail, verdict } from '../probe/world.ts';
import { suite } from './suite.ts';
import { sharedWorld } from './world.ts';

const withoutTls = ['registry dns', 'registry tcp', 'registry challenge', 'registry manifest', 'registry blob'];

suite('a docker-registry in plain HTTP', ['docker-registry', 'skopeo', 'dnsmasq'], () => {
	const world = sharedWorld({ plain: true });

	test('is walked without TLS where the endpoint says http', async () => {
		const { node, target } = world();
		expect(trail(await attempt(node, target))).toEqual(withoutTls);
	});

	test('is no TLS server where the endpoint says https', async () => {
		const { node, target } = world();
		const observation = await attempt(node, { ...target, endpoint: { ...target.endpoint, scheme: 'https' } });
		expect(verdict(observation)).toBe('registry tls tls_plaintext_server');
	});

	test('is taken as it is on this machine, where https was tried first', async () => {
		const { node, target } = world();
		const endpoint = { ...target.endpoint, scheme: 'https', hostname: 'localhost' } as const;
		const observation = await attempt(node, { ...target, endpoint, insecure: true, plainHttpFallback: true });
		expect(trail(observation)).toEqual(withoutTls);
		expect(recordOf(observation, 'registry', 'dns').facts).toMatchObject({ source: 'hosts' });
	});
});

suite('a docker-registry with TLS, asked in plain HTTP', ['docker-registry', 'skopeo', 'dnsmasq'], () => {
	const world = sharedWorld();

	test('says that it does not take this', async () => {
		const { node, target } = world();
		const observation = await attempt(node, { ...target, endpoint: { ...target.endpoint, scheme: 'http' } });
		expect(verdict(observation)).toBe('registry manifest http_unexpected_status');
	});
});
