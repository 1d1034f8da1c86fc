import { describe, expect, test } from 'vitest';

import { type CrioRoute, crioRoute } from '../../../src/plan/crio/crioRoute.ts';
import { originOf } from '../../../src/registry/endpoint.ts';
import { InvalidReference, parseReference } from '../../../src/registry/image.ts';
import { insecure, mirror, registry } from './conf.ts';
import { crio, factsOf } from './facts.ts';

/** `origin/v2/repository`, as it is asked for. */
function asked({ hosts }: CrioRoute, repository: string): readonly string[] {
	return hosts.map((host) => `${originOf(host.endpoint)}${host.root}/${host.repository ?? repository}`);
}

test('without any setting an image is pulled from its registry', async () => {
	const route = crioRoute(await factsOf(''), parseReference('registry.example:5000/app:1'), crio());
	expect(route).toEqual({
		hosts: [
			{
				endpoint: { scheme: 'https', hostname: 'registry.example', port: 5000 },
				root: '/v2',
				via: 'upstream',
				capabilities: ['pull', 'resolve'],
				headers: {},
				cas: [],
				clientCertificates: [],
				insecure: false,
				plainHttpFallback: false,
				source: { file: '/etc/containers/registries.conf' },
			},
		],
		faults: [],
	});
});

test('Docker Hub is asked at its own address, its certificates stand under its name', async () => {
	const facts = await factsOf('', '', {
		'etc/containers/certs.d/docker.io/a.key': 'x',
		'etc/containers/certs.d/registry-1.docker.io/b.key': 'x',
	});
	const { hosts } = crioRoute(facts, parseReference('busybox'), crio());
	expect(hosts).toMatchObject([
		{ endpoint: { hostname: 'registry-1.docker.io', port: 443 }, unusable: expect.stringContaining('a.key') },
	]);
});

test('loopback is no exception: TLS, verified', async () => {
	const { hosts } = crioRoute(await factsOf(''), parseReference('localhost:5000/app:1'), crio());
	expect(hosts).toMatchObject([{ endpoint: { scheme: 'https', port: 5000 }, insecure: false }]);
});

test.each([
	['registry.example', 80],
	['registry.example:5000', 5000],
	['registry.example:443', 443],
])('insecure %s is asked in plain HTTP on port %i where TLS fails', async (host, port) => {
	const { hosts } = crioRoute(await factsOf(registry(insecure(host))), parseReference(`${host}/app:1`), crio());
	expect(hosts).toMatchObject([{ insecure: true, plainHttpFallback: true, plainHttp: { scheme: 'http', port } }]);
});

test('mirrors and location take the place of the prefix, each host with what it is asked for', async () => {
	const facts = await factsOf(
		registry('prefix = "registry.example/team"\nlocation = "inner.example:5000/a/b"') +
			mirror('location = "one.example/cache"') +
			mirror('location = "two.example"') +
			mirror('location = "docker.io/mirrored"'),
	);
	const route = crioRoute(facts, parseReference('registry.example/team/app:1'), crio());
	expect(asked(route, 'team/app')).toEqual([
		'https://one.example/v2/cache/app',
		'https://two.example/v2/app',
		'https://registry-1.docker.io/v2/mirrored/app',
		'https://inner.example:5000/v2/a/b/app',
	]);
	expect(route.hosts.map(({ via, source }) => `${via} ${source.line}`)).toEqual([
		'mirror 4',
		'mirror 6',
		'mirror 8',
		'upstream 1',
	]);
});

test('a location that makes a short name refuses the whole pull', async () => {
	const facts = await factsOf(registry('location = "registry.example"') + mirror('location = "mirror"'));
	expect(crioRoute(facts, parseReference('registry.example/app:1'), crio())).toMatchObject({
		hosts: [],
		refused: expect.stringContaining('mirror/app:1'),
		faults: [{ fault: 'setting_invalid', line: 3 }],
	});
});

test('a configuration that is refused refuses every image', async () => {
	const facts = await factsOf('[[registry]]');
	expect(crioRoute(facts, parseReference('registry.example/app:1'), crio())).toEqual({
		hosts: [],
		refused: expect.stringContaining('/etc/containers/registries.conf'),
		faults: [],
	});
});

describe('blocked', () => {
	const image = parseReference('registry.example/app:1');
	const blocked = (location: string) => registry(`location = "${location}"\nblocked = true`);

	test('refuses the image', async () => {
		expect(crioRoute(await factsOf(blocked('registry.example')), image, crio())).toMatchObject({
			hosts: [],
			refused: expect.stringContaining('registry.example/app'),
			faults: [{ fault: 'registry_blocked', line: 3 }],
		});
	});

	test('leaves the mirrors', async () => {
		const route = crioRoute(
			await factsOf(blocked('registry.example') + mirror('location = "one.example"')),
			image,
			crio(),
		);
		expect(asked(route, 'app')).toEqual(['https://one.example/v2/app']);
		expect(route.refused).toBeUndefined();
		expect(route.faults).toMatchObject([{ fault: 'host_never_asked', line: 3 }]);
	});

	test('holds for a mirror by an entry of its own', async () => {
		const conf =
			registry('location = "registry.example"') + mirror('location = "one.example"') + blocked('one.example');
		const route = crioRoute(await factsOf(conf), image, crio());
		expect(asked(route, 'app')).toEqual(['https://registry.example/v2/app']);
		expect(route.faults).toMatchObject([{ fault: 'host_never_asked', line: 7 }]);
	});

	test('has no effect where the name is rewritten to one that is open', async () => {
		const conf = registry('prefix = "registry.example"\nlocation = "inner.example"\nblocked = true');
		const route = crioRoute(await factsOf(conf), image, crio());
		expect(asked(route, 'app')).toEqual(['https://inner.example/v2/app']);
		expect(route.faults).toMatchObject([{ fault: 'setting_ignored', line: 4 }]);
	});
});

describe('insecure_registries', () => {
	const list = 'insecure_registries = ["10.0.0.0/8", "registry.example", "2001:db8::/32"]';
	const mirrored = registry('location = "registry.example"') + mirror('location = "one.example"');

	test.each([
		['1.34.11', 'registry.example/app:1', true],
		['1.34.11', 'registry.example:5000/app:1', false],
		['1.34.11', '10.1.2.3:5000/app:1', true],
		['1.34.11', '192.0.2.1/app:1', false],
		['1.34.11', '[2001:db8::1]:5000/app:1', true],
		['1.34.11', '127.0.0.1:5000/app:1', true],
		['1.34.11', 'localhost:5000/app:1', true],
		['1.34.11', '[::1]:5000/app:1', false],
		['1.35.0', 'registry.example/app:1', false],
		['1.35.0', '127.0.0.1:5000/app:1', false],
	])('CRI-O %s, %s: %s', async (version, image, expected) => {
		const { hosts } = crioRoute(await factsOf('', list), parseReference(image), crio(version));
		expect(hosts).toMatchObject([{ insecure: expected, plainHttpFallback: expected }]);
	});

	test('holds for the mirrors of the image too', async () => {
		const facts = await factsOf(mirrored, list);
		const { hosts } = crioRoute(facts, parseReference('registry.example/app:1'), crio('1.34.0'));
		expect(hosts).toMatchObject([{ insecure: true }, { insecure: true }]);
	});
});

test('a text that is no image is told so', async () => {
	const facts = await factsOf('');
	expect(() => crioRoute(facts, 'A B', crio())).toThrow(InvalidReference);
});
