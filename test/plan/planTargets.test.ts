import { describe, expect, test } from 'vitest';

import type { RegistrySettings } from '../../src/config/config.ts';
import { planTargets } from '../../src/plan/planTargets.ts';
import type { Target } from '../../src/plan/target.ts';
import { defaultDockerHubBlob } from '../../src/registry/hosts.ts';
import { parseReference } from '../../src/registry/image.ts';
import { formatReference } from '../../src/registry/reference.ts';
import { Secret } from '../../src/registry/secret.ts';
import { configOf, entryOf } from './settings.ts';

/** The target of one entry. */
function planned(settings: Partial<RegistrySettings> & { readonly name: string }): Target {
	const [target] = planTargets(configOf({ registries: [entryOf(settings)] }));
	if (!target) throw new Error('nothing is planned');
	return target;
}

const mirror = { scheme: 'https', hostname: 'mirror.example', port: 5000 } as const;

test('without registries the four well-known ones are probed, every 5 minutes', () => {
	const targets = planTargets(configOf());
	expect(targets.map(({ registry, origin, interval }) => `${registry} ${origin} ${interval}`)).toEqual([
		'docker.io default 300',
		'registry.k8s.io default 300',
		'quay.io default 300',
		'ghcr.io default 300',
	]);
});

test('an empty list is no target', () => {
	expect(planTargets(configOf({ registries: [] }))).toEqual([]);
});

describe('image', () => {
	test('Docker Hub is asked for hello-world and its known layer', () => {
		const target = planned({ name: 'docker.io' });
		expect(formatReference(target.image)).toBe('docker.io/library/hello-world:latest');
		expect(target).toMatchObject({ bare: false, host: 'registry-1.docker.io' });
		expect(target.blob).toEqual({ bytes: 65_536, digest: defaultDockerHubBlob, byDefault: true });
	});

	test('the same image by its name has the same layer', () => {
		expect(planned({ name: 'hub', image: parseReference('hello-world') }).blob?.byDefault).toBe(true);
	});

	test('a configured layer is not our default', () => {
		expect(planned({ name: 'docker.io', blobDigest: defaultDockerHubBlob }).blob?.byDefault).toBe(false);
	});

	test('any other registry without an image is asked for busybox, without a layer', () => {
		const target = planned({ name: 'r.example', blobBytes: 10 });
		expect(formatReference(target.image)).toBe('r.example/library/busybox:latest');
		expect(target.bare).toBe(true);
		expect(target.blob).toBeUndefined();
	});

	test('a label alone takes the host from the endpoint', () => {
		const target = planned({ name: 'corp', endpoint: mirror });
		expect(target.image.domain).toBe('mirror.example:5000');
		expect(target).toMatchObject({ via: 'upstream', id: 'corp mirror.example:5000' });
		expect(target.namespace).toBeUndefined();
	});
});

describe('blob', () => {
	const image = parseReference('r.example/app:1');

	test('the layer is learned where a manifest may be read', () => {
		expect(planned({ name: 'r.example', image }).blob).toEqual({ bytes: 65_536, byDefault: false });
	});

	test('no layer is read where it cannot be known', () => {
		expect(planned({ name: 'r.example', image, manifestGet: false }).blob).toBeUndefined();
		expect(planned({ name: 'docker.io', image: parseReference('busybox') }).blob).toBeUndefined();
	});

	test('0 bytes switch it off', () => {
		expect(planned({ name: 'docker.io', blobBytes: 0 }).blob).toBeUndefined();
	});
});

describe('manifest_get', () => {
	test('is allowed unless it is forbidden', () => {
		expect(planned({ name: 'r.example' }).manifestGet).toBe(true);
		expect(planned({ name: 'r.example', manifestGet: false }).manifestGet).toBe(false);
	});

	test.each([
		['by name', { name: 'docker.io' }],
		['by its former name', { name: 'index.docker.io' }],
		['by image', { name: 'hub', image: parseReference('busybox') }],
		['through a mirror', { name: 'docker.io', endpoint: mirror }],
		[
			'by endpoint',
			{ name: 'r.example', endpoint: { scheme: 'https', hostname: 'registry-1.docker.io', port: 443 } as const },
		],
	])('is never allowed for Docker Hub %s', (_how, settings) => {
		expect(planned({ ...settings, manifestGet: true }).manifestGet).toBe(false);
	});
});

describe('host', () => {
	test('another host than the image has is a mirror and is told whose image is meant', () => {
		expect(planned({ name: 'docker.io', endpoint: mirror })).toMatchObject({
			via: 'mirror',
			namespace: 'docker.io',
			host: 'mirror.example:5000',
			id: 'docker.io mirror.example:5000',
		});
	});

	test.each([
		['r.example', { scheme: 'http', hostname: 'r.example', port: 80 }],
		['r.example:5000', { scheme: 'http', hostname: 'r.example', port: 5000 }],
		['docker.io', { scheme: 'https', hostname: 'registry-1.docker.io', port: 443 }],
	] as const)('the host of %s itself is no mirror', (name, endpoint) => {
		const target = planned({ name, endpoint });
		expect(target.via).toBe('upstream');
		expect(target.namespace).toBeUndefined();
	});

	test('a loopback registry is treated as containerd does without configuration', () => {
		expect(planned({ name: 'localhost:5000' })).toMatchObject({ insecure: true, plainHttpFallback: true });
		expect(planned({ name: 'localhost:5000', insecure: false }).insecure).toBe(false);
		expect(planned({ name: 'localhost:5000', ca: '/ca.pem' }).insecure).toBe(false);
		expect(planned({ name: 'r.example' }).insecure).toBe(false);
	});
});

describe('interval', () => {
	test('is the one for all, for a public registry 5 minutes, or its own', () => {
		const registries = ['r.example', 'quay.io'].map((name) => entryOf({ name }));
		const own = entryOf({ name: 'ghcr.io', interval: 7 });
		const targets = planTargets(configOf({ interval: 30, registries: [...registries, own] }));
		expect(targets.map(({ interval }) => interval)).toEqual([30, 300, 7]);
	});

	test('of a public registry under another name is 5 minutes too', () => {
		expect(planned({ name: 'hub', image: parseReference('busybox') }).interval).toBe(300);
	});
});

test('a proxy is planned without its login', () => {
	const login = { username: 'user', password: new Secret('hunter2') };
	const proxy = { kind: 'url', scheme: 'http', hostname: 'proxy', port: 3128, login } as const;
	expect(planned({ name: 'r.example', proxy }).proxy).toEqual({
		scheme: 'http',
		hostname: 'proxy',
		port: 3128,
		login: true,
		source: 'config.yaml:3',
	});
	expect(planned({ name: 'r.example', proxy: { kind: 'none' } }).proxy).toBeUndefined();
});
