import { describe, expect, test } from 'vitest';

import { createLogins } from '../../src/credentials/logins.ts';
import { imageTargets } from '../../src/plan/imageTargets.ts';
import { parseReference } from '../../src/registry/image.ts';
import { Secret } from '../../src/registry/secret.ts';
import { createAuthority, selfSigned } from '../fakes/authority.ts';
import { startProxy } from '../fakes/proxy.ts';
import { configOf, entryOf } from '../plan/settings.ts';
import { demanded, hosts, login, proxyAt, through } from '../probe/throughProxy.ts';
import { makeWorld, verdict } from '../probe/world.ts';

describe('who stands in the place of a proxy that is spoken to in TLS', () => {
	test.each([
		['with a certificate that nobody vouches for', () => selfSigned(['127.0.0.1'])],
		['with a certificate of an authority that the node does not know', async () => (await createAuthority()).issue()],
	])('%s is not shown the login', async (_title, issue) => {
		await using world = await makeWorld();
		const { key, chain } = await issue();
		await using server = await startProxy({ hosts, tls: { key, cert: chain }, login: demanded });
		const observation = await through(world, { proxy: proxyAt('https', server.port), login });
		expect(verdict(observation)).toBe('registry proxy proxy_unreachable');
		expect(server.requests).toEqual([]);
	});

	test('with a good certificate for another name is not shown it either', async () => {
		await using world = await makeWorld();
		const { key, chain } = await world.authority.issue({ names: ['proxy.test'] });
		await using server = await startProxy({ hosts, tls: { key, cert: chain }, login: demanded });
		const observation = await through(world, { proxy: proxyAt('https', server.port), login });
		expect(verdict(observation)).toBe('registry proxy proxy_unreachable');
		expect(server.requests).toEqual([]);
	});

	test('with the right one is shown it: the tests above can fail', async () => {
		await using world = await makeWorld();
		const { key, chain } = await world.authority.issue({ names: ['127.0.0.1'] });
		await using server = await startProxy({ hosts, tls: { key, cert: chain }, login: demanded });
		await through(world, { proxy: proxyAt('https', server.port), login });
		expect(server.requests.map(({ headers }) => headers['proxy-authorization'])).not.toContain(undefined);
		expect(server.requests.length).toBeGreaterThan(0);
	});
});

const proxy = (hostname: string) => {
	const secret = { username: 'gate', password: new Secret(`canary-of-${hostname}`) };
	return { kind: 'url', scheme: 'http', hostname, port: 3128, login: secret } as const;
};

describe('of two proxies', () => {
	const own = entryOf({ name: 'team', image: parseReference('r.test/team/app:1'), proxy: proxy('own.test') });
	const config = configOf({ proxy: proxy('general.test'), registries: [own] });
	/** The proxy of an image that a pod names, and the password that it is shown. */
	const shown = async (image: string) => {
		const [target] = imageTargets(parseReference(image), config);
		const found = target && (await createLogins(config)(target));
		return [target?.proxy?.hostname, found?.proxy?.password.reveal()];
	};

	test('none is shown the login of the other, whatever a registry is called', async () => {
		expect(await shown('r.test/team/other:2')).toEqual(['own.test', 'canary-of-own.test']);
		expect(await shown('elsewhere.test/app:1')).toEqual(['general.test', 'canary-of-general.test']);
	});
});
