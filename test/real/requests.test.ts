import { expect, test } from 'vitest';
import type { Target } from '../../src/plan/target.ts';
import type { Hold, Logins } from '../../src/probe/probe.ts';
import { until } from '../commands/agent.ts';
import { attempt } from '../probe/world.ts';
import { loggedRequests } from './dockerRegistry.ts';
import { suite } from './suite.ts';
import { login, type RealWorld, sharedWorld } from './world.ts';

/** How the kinds of requests read: method, what was asked for, status. */
const kinds = {
	headUnauthorized: 'HEAD manifests 401',
	head: 'HEAD manifests 200',
	manifest: 'GET manifests 200',
	range: 'GET blobs 206',
	redirect: 'GET blobs 307',
};

interface Asked {
	readonly logins?: Logins;
	readonly hold?: Hold;
	readonly change?: Partial<Target>;
}

/** What the registry's access log tells of one attempt; how the attempt counted its own requests must agree. */
async function askedBy(
	{ registry, node, target }: RealWorld,
	{ change = {}, ...trying }: Asked = {},
): Promise<string[]> {
	const before = registry.output.length;
	const { requests } = await attempt(node, { ...target, ...change }, trying);
	const own = requests.filter(({ role }) => role === 'registry');
	const logged = () => loggedRequests(registry.output.slice(before)).filter(({ agent }) => agent === 'registry-probe');
	await until(
		() => logged().length >= own.length,
		() => `${own.length} requests were sent, ${logged().length} logged`,
	);
	expect(logged().map(({ method }) => method)).toEqual(own.map(({ method }) => method));
	return logged().map(({ method, path, status }) => `${method} ${path.split('/').at(-2)} ${status}`);
}

suite(
	'the access log of a docker-registry with tokens and a CDN',
	['docker-registry', 'skopeo', 'dnsmasq', 'nginx'],
	() => {
		const world = sharedWorld({ auth: 'token', cdn: true });
		const { headUnauthorized, head, manifest, redirect } = kinds;

		test('shows two HEADs, an index and its manifest, and one look at a layer', async () => {
			expect(await askedBy(world())).toEqual([headUnauthorized, head, manifest, manifest, redirect]);
		});

		test('shows no GET of a manifest where the layer is known', async () => {
			const blob = { bytes: 1000, digest: world().store.layer.digest, byDefault: false };
			expect(await askedBy(world(), { change: { manifestGet: false, blob } })).toEqual([
				headUnauthorized,
				head,
				redirect,
			]);
		});

		test('shows nothing that moves bytes where neither a GET is allowed nor a layer known', async () => {
			expect(await askedBy(world(), { change: { manifestGet: false } })).toEqual([headUnauthorized, head]);
		});

		test('shows nothing that counts under the floor of a quota', async () => {
			expect(await askedBy(world(), { hold: { floor: true } })).toEqual([headUnauthorized, head]);
		});

		test('shows one anonymous HEAD while a rejected login is held back', async () => {
			expect(await askedBy(world(), { logins: login('wrong'), hold: { credentials: true } })).toEqual([
				headUnauthorized,
			]);
		});
	},
);

suite('the access log of an open docker-registry', ['docker-registry', 'skopeo', 'dnsmasq'], () => {
	const world = sharedWorld();

	test('shows one HEAD, an index and its manifest, and a range of a layer', async () => {
		expect(await askedBy(world())).toEqual([kinds.head, kinds.manifest, kinds.manifest, kinds.range]);
	});
});
