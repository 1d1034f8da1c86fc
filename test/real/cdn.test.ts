import { expect, test } from 'vitest';
import type { Observation } from '../../src/probe/observation.ts';
import { ended } from '../fakes/authority.ts';
import { attempt, recordOf, trail, verdict } from '../probe/world.ts';
import { presenting } from './certificate.ts';
import { without } from './running.ts';
import { removeBlob } from './store.ts';
import { suite } from './suite.ts';
import { cdnOf, makeRealWorld, sharedWorld } from './world.ts';

/** The registry's part of the path is green whatever the CDN does. */
function expectRegistryWorks(observation: Observation): void {
	expect(trail(observation).slice(0, 5)).toEqual([
		'registry dns',
		'registry tcp',
		'registry tls',
		'registry challenge',
		'registry manifest',
	]);
}

suite('a docker-registry that redirects to nginx', ['docker-registry', 'skopeo', 'dnsmasq', 'nginx'], () => {
	const world = sharedWorld({ cdn: true });

	test('is walked to the first bytes of a layer at the CDN', async () => {
		const { node, target, store } = world();
		const observation = await attempt(node, target);
		expectRegistryWorks(observation);
		expect(trail(observation).slice(5)).toEqual(['blob dns', 'blob tcp', 'blob tls', 'blob blob']);
		const { peer, facts } = recordOf(observation, 'blob', 'blob');
		expect(peer).toBe(`cdn.test:${cdnOf(world()).port}`);
		expect(facts).toMatchObject({ status: 206, bytes: store.layer.body.length, verified: true });
	});

	test('is not to blame for a CDN that is down', async () => {
		const { node, target } = world();
		const observation = await without(cdnOf(world()), () => attempt(node, target));
		expectRegistryWorks(observation);
		expect(verdict(observation)).toBe('blob tcp tcp_refused');
	});

	test.each([
		['has expired', 'blob tls tls_expired', { names: ['cdn.test'], ...ended() }],
		['is for another name', 'blob tls tls_name_mismatch', { names: ['other.test'] }],
	])('is not to blame for a CDN whose certificate %s', async (_what, expected, certificate) => {
		const { node, target, directory, authority, issued } = world();
		const other = await authority.issue(certificate);
		const observation = await presenting(directory, cdnOf(world()), { other, usual: issued }, () =>
			attempt(node, target),
		);
		expectRegistryWorks(observation);
		expect(verdict(observation)).toBe(expected);
	});

	test('sends to a layer that the CDN no longer has', async () => {
		await using own = await makeRealWorld({ cdn: true });
		// The registry remembers what it has served.
		expect(verdict(await attempt(own.node, own.target))).toBe('none');
		removeBlob(own.store.path, own.store.layer.digest);
		expect(verdict(await attempt(own.node, own.target))).toBe('blob blob blob_not_found');
	});
});
