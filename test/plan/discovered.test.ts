import { expect, test } from 'vitest';

import type { DiscoveredRegistry } from '../../src/cluster/discovery.ts';
import type { Config } from '../../src/config/config.ts';
import { silentNode } from '../../src/plan/nodeRules.ts';
import { planTargets } from '../../src/plan/planTargets.ts';
import { parseReference } from '../../src/registry/image.ts';
import { formatReference } from '../../src/registry/reference.ts';
import { configOf, entryOf } from './settings.ts';

function discovered(image: string): DiscoveredRegistry {
	const reference = parseReference(image);
	return { registry: reference.domain, image: reference, pods: 1, seenAt: 0 };
}

function planned(config: Config, ...images: readonly string[]) {
	return planTargets(config, silentNode, images.map(discovered));
}

test('a discovered registry is asked for its image, and any answer of a registry will do', () => {
	const [target, ...others] = planned(configOf({ registries: [] }), 'r.example:5000/team/app:1');
	expect(others).toEqual([]);
	expect(target).toMatchObject({
		id: 'r.example:5000 r.example:5000',
		origin: 'discovered',
		bare: true,
		interval: 60,
		credentials: { source: 'anonymous' },
		source: { file: 'pods of this node' },
	});
	expect(target && formatReference(target.image)).toBe('r.example:5000/team/app:1');
	expect(target?.blob).toBeUndefined();
});

test('what is shared by many is asked less often, and Docker Hub never for a manifest', () => {
	const [target] = planned(configOf({ registries: [] }), 'nginx:1.29');
	expect(target).toMatchObject({
		registry: 'docker.io',
		host: 'registry-1.docker.io',
		interval: 300,
		manifestGet: false,
	});
});

test.each([
	['its name', entryOf({ name: 'r.example' })],
	['its image', entryOf({ name: 'corp', image: parseReference('r.example/other') })],
])('a registry that is configured by %s stays as it is configured', (_, entry) => {
	const targets = planned(configOf({ registries: [entry] }), 'r.example/app:1', 'quay.io/a/b');
	expect(targets.map(({ registry, origin }) => `${registry} ${origin}`)).toEqual([
		`${entry.name} configured`,
		'quay.io discovered',
	]);
});

test('beside the default registries only others are discovered', () => {
	const targets = planned(configOf(), 'docker.io/library/nginx', 'r.example/app');
	expect(targets.map(({ origin }) => origin)).toEqual(['default', 'default', 'default', 'default', 'discovered']);
});

test('the login is the one that the configuration has for discovered registries', () => {
	const config = configOf({ registries: [] });
	const [target] = planned({ ...config, discovery: { ...config.discovery, credentials: 'node' } }, 'r.example/app');
	expect(target?.credentials).toEqual({ source: 'node' });
});
