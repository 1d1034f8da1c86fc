import { expect, test } from 'vitest';
import { walks } from '../probe/walks.ts';
import { attempt, recordOf, trail, verdict } from '../probe/world.ts';
import { removeBlob } from './store.ts';
import { suite } from './suite.ts';
import { asking, makeRealWorld, sharedWorld } from './world.ts';

suite('an open docker-registry', ['docker-registry', 'skopeo', 'dnsmasq'], () => {
	const world = sharedWorld();

	test('is walked to the first bytes of a layer', async () => {
		const { node, target, store } = world();
		const observation = await attempt(node, target);
		expect(trail(observation)).toEqual(walks.plain);
		expect(recordOf(observation, 'registry', 'dns').facts).toMatchObject({ source: 'dns', addresses: ['127.0.0.1'] });
		expect(recordOf(observation, 'registry', 'challenge').facts).toMatchObject({ status: 200, scheme: 'none' });
		expect(recordOf(observation, 'registry', 'manifest').facts).toMatchObject({ digest: store.index.digest });
		const { digest, body } = store.layer;
		expect(recordOf(observation, 'registry', 'blob').facts).toMatchObject({
			digest,
			bytes: body.length,
			verified: true,
		});
	});

	test('gives no more of a layer than was asked for', async () => {
		const { node, target } = world();
		const observation = await attempt(node, { ...target, blob: { bytes: 16_384, byDefault: false } });
		expect(verdict(observation)).toBe('none');
		expect(recordOf(observation, 'registry', 'blob').facts).toMatchObject({ status: 206, bytes: 16_384 });
	});

	test('gives an image that is no index', async () => {
		const { node, target, store } = world();
		const observation = await attempt(node, asking(target, 'team/single:1'));
		expect(verdict(observation)).toBe('none');
		expect(recordOf(observation, 'registry', 'manifest').facts).toMatchObject({ digest: store.single.digest });
	});

	test('gives an image by its digest', async () => {
		const { node, target, store } = world();
		expect(verdict(await attempt(node, asking(target, `team/app@${store.index.digest}`)))).toBe('none');
	});

	test.each([
		['a tag that it does not have', 'team/app:2', 'registry manifest manifest_not_found'],
		// docker-registry 2.8 does not tell the two apart: MANIFEST_UNKNOWN is all that it says.
		['a repository that it does not have', 'nobody/app:1', 'registry manifest manifest_not_found'],
		['an index without this platform', 'team/foreign:1', 'registry manifest platform_not_found'],
	])('refuses %s', async (_what, image, expected) => {
		const { node, target } = world();
		expect(verdict(await attempt(node, asking(target, image)))).toBe(expected);
	});

	test('shows itself a registry though a bare host names no image that it has', async () => {
		const { node, target } = world();
		const { blob: _off, ...bare } = asking(target, 'library/busybox:latest', { bare: true });
		const observation = await attempt(node, bare);
		expect(verdict(observation)).toBe('none');
		const { facts } = recordOf(observation, 'registry', 'manifest');
		expect(facts).toMatchObject({ asked: 'library/busybox:latest', answered: 404 });
	});

	test('announces a layer whose bytes have gone, and later does not know it', async () => {
		await using own = await makeRealWorld();
		const { node, target, store, registry } = own;
		// The registry remembers the size of what it has served.
		await attempt(node, target);
		removeBlob(store.path, store.layer.digest);
		expect(verdict(await attempt(node, target))).toBe('registry blob body_truncated');
		await registry.stop();
		await registry.start();
		expect(verdict(await attempt(node, target))).toBe('registry blob blob_not_found');
	});

	test('that hangs is silent in the handshake', async () => {
		const { node, target, registry } = world();
		registry.signal('SIGSTOP');
		try {
			expect(verdict(await attempt(node, { ...target, timeout: 1 }))).toBe('registry tls tls_timeout');
		} finally {
			registry.signal('SIGCONT');
		}
	});
});
