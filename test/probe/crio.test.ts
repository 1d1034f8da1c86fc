import { describe, expect, test } from 'vitest';

import type { Override } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import type { RegistryOptions } from '../fakes/registry.ts';
import { makePlain } from './plain.ts';
import { attempt, makeWorld, recordOf, trail, verdict } from './world.ts';

const asked = (requests: readonly { readonly method: string; readonly path: string }[]) =>
	requests.map(({ method, path }) => `${method} ${path}`);

test('opens with GET /v2/, anonymously, and takes its challenge for the manifest', async () => {
	await using world = await makeWorld();
	const observation = await attempt(world.node, { ...world.target, client: 'cri-o' });
	expect(verdict(observation)).toBe('none');
	expect(asked(world.registry.requests).slice(0, 2)).toEqual(['GET /v2/', 'HEAD /v2/team/app/manifests/1']);
	expect(world.registry.requests[0]?.headers['authorization']).toBeUndefined();
	expect(world.token.requests).toHaveLength(1);
	expect(trail(observation)).toContain('token token');
	expect(observation.requests.slice(0, 2)).toEqual([
		{ role: 'registry', method: 'GET' },
		{ role: 'token', method: 'GET' },
	]);
});

async function against(options: RegistryOptions) {
	await using plain = await makePlain(options);
	const observation = await attempt(await plain.node(), plain.target({ client: 'cri-o' }));
	return { observation, requests: asked(plain.registry.requests) };
}

test('an open registry is asked for the manifest next', async () => {
	const { observation, requests } = await against({});
	expect(verdict(observation)).toBe('none');
	expect(requests.slice(0, 2)).toEqual(['GET /v2/', 'HEAD /v2/team/app/manifests/1']);
	// The manifest has a request, and so a time, of its own.
	expect(recordOf(observation, 'registry', 'manifest').seconds).toBeGreaterThan(0);
});

describe('an answer to GET /v2/ that ends the pull, whatever the manifest says', () => {
	test.each([
		[404, 'http_unexpected_status'],
		[403, 'http_forbidden'],
		[500, 'http_server_error'],
		[429, 'rate_limited'],
	])('%s: %s', async (status, reason) => {
		const { observation, requests } = await against({
			respond: ({ path }) => (path === '/v2/' ? { status, body: '{}' } : undefined),
		});
		expect(verdict(observation)).toBe(`registry manifest ${reason}`);
		expect(requests).toEqual(['GET /v2/']);
		expect(recordOf(observation, 'registry', 'challenge').outcome).toBe('success');
	});
});

describe('the manifest is what a GET of the tag brings', () => {
	const onHead =
		(status: number): Override =>
		({ method }) =>
			method === 'HEAD' ? { status } : undefined;
	const gets = (requests: readonly string[]) => requests.filter((line) => /^GET .*manifests/.test(line));

	test.each([500, 503, 404, 403, 405])('whatever a HEAD says: %s', async (status) => {
		const { observation, requests } = await against({ respond: onHead(status) });
		expect(verdict(observation)).toBe('none');
		expect(gets(requests)).toEqual(['GET /v2/team/app/manifests/1']);
	});

	test('whatever its header says of the digest', async () => {
		const image = makeImage();
		const headers = { 'content-type': image.mediaType, 'docker-content-digest': `sha256:${'0'.repeat(64)}` };
		const { observation, requests } = await against({
			respond: ({ path }) => (path.includes('/manifests/') ? { status: 200, headers, body: image.body } : undefined),
		});
		expect(verdict(observation)).toBe('none');
		expect(gets(requests)).toEqual(['GET /v2/team/app/manifests/1']);
	});

	test('which is told where it fails', async () => {
		const { observation, requests } = await against({
			respond: ({ path }) => (path.includes('/manifests/') ? { status: 503, body: '' } : undefined),
		});
		expect(verdict(observation)).toBe('registry manifest http_server_error');
		expect(gets(requests)).toHaveLength(1);
	});

	test('unless the registry limits requests already', async () => {
		const { observation, requests } = await against({ respond: onHead(429) });
		expect(verdict(observation)).toBe('registry manifest rate_limited');
		expect(gets(requests)).toEqual([]);
	});

	test('unless no GET may be sent: then the HEAD has to do', async () => {
		await using plain = await makePlain({ respond: onHead(503) });
		const observation = await attempt(await plain.node(), plain.target({ client: 'cri-o', manifestGet: false }));
		expect(verdict(observation)).toBe('registry manifest http_server_error');
		expect(gets(asked(plain.registry.requests))).toEqual([]);
	});
});

test('a challenge that comes only with the manifest is not answered', async () => {
	const challenge = { 'www-authenticate': 'Bearer realm="http://127.0.0.1:1/token",service="x"' };
	const { observation } = await against({
		respond: ({ path }) => (path.includes('/manifests/') ? { status: 401, headers: challenge } : undefined),
	});
	expect(verdict(observation)).toBe('registry manifest auth_required');
});

test('a repository that is rewritten is asked for by its new name, with a token for it', async () => {
	await using world = await makeWorld();
	const observation = await attempt(world.node, { ...world.target, client: 'cri-o', repository: 'mirrored/app' });
	expect(verdict(observation)).toBe('registry manifest repository_not_found');
	expect(asked(world.registry.requests)).toContain('HEAD /v2/mirrored/app/manifests/1');
	expect(world.token.requests[0]?.query.getAll('scope')).toEqual(['repository:mirrored/app:pull']);
});
