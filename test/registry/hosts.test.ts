import { describe, expect, test } from 'vitest';
import { originOf } from '../../src/registry/endpoint.ts';
import { defaultDockerHubBlob, isDockerHub, upstreamEndpoint, upstreamOf } from '../../src/registry/hosts.ts';
import { isDigest } from '../../src/registry/digest.ts';

describe('the upstream of a registry', () => {
	test.each([
		['docker.io', 'https://registry-1.docker.io'],
		['registry-1.docker.io', 'https://registry-1.docker.io'],
		['ghcr.io', 'https://ghcr.io'],
		['Registry.Corp:5000', 'https://registry.corp:5000'],
		['10.0.0.1:5000', 'https://10.0.0.1:5000'],
		['[2001:DB8:0::1]:5000', 'https://[2001:db8::1]:5000'],
	])('%s is verified https at %s', (domain, origin) => {
		const { endpoint, insecure, plainHttpFallback } = upstreamOf(domain);
		expect([originOf(endpoint), insecure, plainHttpFallback]).toEqual([origin, false, false]);
		expect(upstreamEndpoint(domain)).toEqual(endpoint);
	});

	test.each([
		['localhost', 'https://localhost', true, false],
		['localhost:443', 'https://localhost', true, false],
		['localhost:5000', 'https://localhost:5000', true, true],
		['localhost:80', 'http://localhost', false, false],
		['127.1.2.3:5000', 'https://127.1.2.3:5000', true, true],
		['[::1]:5000', 'https://[::1]:5000', true, true],
		['[::1]', 'https://[::1]', false, false],
		['[::ffff:127.0.0.1]:5000', 'https://[::ffff:7f00:1]:5000', true, true],
		['localhost.corp:5000', 'https://localhost.corp:5000', false, false],
	])('%s is on the node itself: %s, insecure %s, plain http allowed %s', (domain, origin, insecure, fallback) => {
		const upstream = upstreamOf(domain);
		expect([originOf(upstream.endpoint), upstream.insecure, upstream.plainHttpFallback]).toEqual([
			origin,
			insecure,
			fallback,
		]);
	});

	test.each(['', 'a b', 'host:0', 'host:65536', '[::1', 'user@host'])('%j is no host', (domain) => {
		expect(() => upstreamOf(domain)).toThrow(RangeError);
	});
});

describe('Docker Hub is known under all its names', () => {
	test.each([
		'docker.io',
		'index.docker.io',
		'registry-1.docker.io',
		'REGISTRY-1.docker.io:443',
		'docker.io.',
		'registry.hub.docker.com',
	])('%s belongs to it', (host) => expect(isDockerHub(host)).toBe(true));

	test.each(['notdocker.io', 'docker.io.corp', 'ghcr.io', ''])('%j does not', (host) =>
		expect(isDockerHub(host)).toBe(false),
	);

	test('its default blob is a digest', () => expect(isDigest(defaultDockerHubBlob)).toBe(true));
});
