import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { ConfigurationError } from '../../src/config/fault.ts';
import { loadConfig } from '../../src/config/load.ts';
import { planTargets } from '../../src/plan/planTargets.ts';
import type { Target } from '../../src/plan/target.ts';
import { targetFor } from '../plan/only.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { registryError } from '../fakes/registryError.ts';
import { startRegistry } from '../fakes/registry.ts';
import type { HttpServer } from '../fakes/http.ts';
import { attempt } from '../probe/world.ts';

const image = makeImage({ platforms: ['linux/amd64', 'linux/arm64/v8'] });
const tags = { latest: image, 1: image };
let node: Node;
let registry: HttpServer;
let status = 200;

beforeAll(async () => {
	node = await makeNode();
	registry = await startRegistry({
		images: { 'library/hello-world': tags, 'library/busybox': tags, 'team/app': tags },
		respond: ({ method }) => {
			if (status === 200) return undefined;
			if (status === 405) return method === 'HEAD' ? { status } : undefined;
			return registryError(status, 'DENIED');
		},
	});
});

afterAll(async () => {
	await Promise.all([node.remove(), registry.close()]);
});

/** The hosts of Docker Hub, as people write them. */
const hub = ['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'];
const references = ['library/hello-world:latest', 'library/busybox', 'team/app:1', `team/app@${image.digest}`];

const imageOf = (hosts: readonly string[]) =>
	fc
		.tuple(fc.constantFrom(...hosts), fc.constantFrom(...references))
		.map(([host, reference]) => `${host}/${reference}`);

const settings = {
	manifest_get: fc.option(fc.constantFrom('never', 'allowed'), { nil: undefined }),
	blob: fc.option(
		fc.record(
			{ bytes: fc.constantFrom(0, '1KiB', '64KiB'), digest: fc.constantFrom(image.layers[0]?.digest ?? '') },
			{ requiredKeys: [] },
		),
		{ nil: undefined },
	),
	ratelimit: fc.option(fc.constantFrom({ floor: '0%' }, { floor: '50%' }), { nil: undefined }),
	insecure: fc.option(fc.boolean(), { nil: undefined }),
};

const mirror = fc.constantFrom('http://127.0.0.1:5000', 'https://mirror.example:5000');
const ofHub = fc.constantFrom(...hub.map((host) => `https://${host}`));
const named = fc.constantFrom('mirror', 'mirror.example');

/** Entries that lead to Docker Hub: by their name, by their image, or by the host that they ask. */
const entry = fc.oneof(
	fc.record({
		name: fc.constantFrom(...hub, 'Docker.IO'),
		image: fc.option(imageOf([...hub, 'mirror.example']), { nil: undefined }),
		endpoint: fc.option(mirror, { nil: undefined }),
		...settings,
	}),
	fc.record({ name: named, image: imageOf(hub), endpoint: fc.option(mirror, { nil: undefined }), ...settings }),
	fc.record({ name: named, image: imageOf(['mirror.example']), endpoint: ofHub, ...settings }),
);

/** The configuration of one entry; undefined where it is refused. */
async function configured(value: unknown): Promise<Config | undefined> {
	const file = join(node.root, 'config.yaml');
	// YAML holds JSON.
	writeFileSync(file, JSON.stringify({ registries: [value] }));
	try {
		return await loadConfig({ file, environment: { NODE_NAME: 'node-1' } });
	} catch (error) {
		if (error instanceof ConfigurationError) return undefined;
		throw error;
	}
}

/** The same target, asked of a registry on loopback. */
function here(target: Target): Target {
	const endpoint = { scheme: 'http', hostname: '127.0.0.1', port: registry.port } as const;
	const { proxy: _none, ...direct } = target;
	return { ...direct, endpoint, timeout: 2 };
}

test('whatever a configuration says, manifests of Docker Hub are asked by HEAD only', async () => {
	let asked = 0;
	await fc.assert(
		fc.asyncProperty(entry, fc.constantFrom(200, 400, 401, 403, 404, 405, 429, 503), async (value, answered) => {
			const config = await configured(value);
			status = answered;
			for (const target of config ? planTargets(config) : []) {
				expect(target.manifestGet).toBe(false);
				const before = registry.requests.length;
				await attempt(node, here(target));
				const manifests = registry.requests.slice(before).filter(({ path }) => path.includes('/manifests/'));
				expect(new Set(manifests.map(({ method }) => method))).toEqual(new Set(['HEAD']));
				asked += 1;
			}
		}),
		{ numRuns: 200 },
	);
	expect(asked).toBeGreaterThan(50);
});

test('what is allowed for any other registry is a fault for Docker Hub', async () => {
	for (const name of hub) expect(await configured({ name, manifest_get: 'allowed' })).toBeUndefined();
	expect(await configured({ name: 'mirror.example', manifest_get: 'allowed' })).toBeDefined();
});

test.each([
	'docker.io',
	'docker.io/library/hello-world',
	'index.docker.io/team/app:1',
	'registry-1.docker.io/team/app',
])('nor does a check of %s by hand send a GET', async (typed) => {
	const config = await loadConfig({ environment: { NODE_NAME: 'node-1' } });
	expect(targetFor(typed, config).manifestGet).toBe(false);
});
