import { describe, expect, test } from 'vitest';

import type { Target } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import { parseReference } from '../../src/registry/image.ts';
import type { Override, ReceivedRequest } from '../fakes/http.ts';
import { makeImage, type Image } from '../fakes/image.ts';
import type { RegistryOptions } from '../fakes/registry.ts';
import { registryError } from '../fakes/registryError.ts';
import { html, json, type Answer, type Reply } from '../fakes/reply.ts';
import { startTokenService } from '../fakes/token.ts';
import { makePlain } from './plain.ts';
import { attempt, names, recordOf, verdict } from './world.ts';

interface Asked {
	readonly observation: Observation;
	readonly requests: readonly ReceivedRequest[];
}

/** One attempt on an open registry. */
async function asked(options: RegistryOptions, change: Partial<Target> = {}): Promise<Asked> {
	await using plain = await makePlain(options);
	const observation = await attempt(await plain.node(), plain.target({ timeout: 1, ...change }));
	return { observation, requests: plain.registry.requests };
}

const serving = (image: Image): RegistryOptions => ({ images: { 'team/app': { 1: image } } });
const image = makeImage();
const oci = image.mediaType;

/** Answers one method otherwise than the registry would. */
const on =
	(method: string, reply: Answer): Override =>
	(request) =>
		request.method === method ? reply : undefined;

const head = (headers: Record<string, string>) => ({ respond: on('HEAD', { status: 200, headers }) });
const get = (reply: Answer) => ({ respond: on('GET', reply) });
const content = (body: string | Buffer, type = oci): Answer => ({
	status: 200,
	headers: { 'content-type': type },
	body,
});

describe('a manifest', () => {
	test.each<[string, Image]>([
		['of OCI', image],
		['of Docker', makeImage({ format: 'docker' })],
		['in an OCI index', makeImage({ platforms: ['linux/amd64', 'linux/arm64/v8'] })],
		['in a Docker list', makeImage({ format: 'docker', platforms: ['linux/amd64', 'linux/arm64/v8'] })],
	])('%s', async (_name, served) => {
		const { observation } = await asked(serving(served));
		expect(verdict(observation)).toBe('none');
		expect(recordOf(observation, 'registry', 'manifest').facts).toMatchObject({
			status: 200,
			digest: served.digest,
			mediaType: served.mediaType,
			bytes: served.body.length,
		});
	});

	test('may come without Docker-Content-Digest', async () => {
		const { observation } = await asked({ ...serving(image), ...head({ 'content-type': oci }) });
		expect(verdict(observation)).toBe('none');
	});

	test('by digest', async () => {
		const reference = parseReference(`${names.registry}/team/app@${image.digest}`);
		expect(verdict((await asked(serving(image), { image: reference })).observation)).toBe('none');
	});
});

describe('the head of what is no manifest', () => {
	test.each<[string, RegistryOptions, string]>([
		['schema 1', head({ 'content-type': 'application/vnd.docker.distribution.manifest.v1+json' }), 'manifest_invalid'],
		[
			'signed schema 1',
			head({ 'content-type': 'application/vnd.docker.distribution.manifest.v1+prettyjws' }),
			'manifest_invalid',
		],
		['JSON', head({ 'content-type': 'application/json' }), 'manifest_invalid'],
		['bytes', head({ 'content-type': 'application/octet-stream' }), 'manifest_invalid'],
		['no type', head({}), 'manifest_invalid'],
		['more than 4 MiB', head({ 'content-type': oci, 'content-length': '4194305' }), 'manifest_invalid'],
		['a digest that is none', head({ 'content-type': oci, 'docker-content-digest': 'sha256:abc' }), 'manifest_invalid'],
		['a page', head({ 'content-type': 'text/html; charset=utf-8' }), 'http_intercepted'],
	])('%s', async (_name, options, reason) => {
		expect(verdict((await asked(options)).observation)).toBe(`registry manifest ${reason}`);
	});
});

describe('404', () => {
	const registryHeader = { 'docker-distribution-api-version': 'registry/2.0' };
	test.each<[string, Answer, string]>([
		['NAME_UNKNOWN', registryError(404, 'NAME_UNKNOWN'), 'repository_not_found'],
		['MANIFEST_UNKNOWN', registryError(404, 'MANIFEST_UNKNOWN'), 'manifest_not_found'],
		['nothing said', { status: 404 }, 'manifest_not_found'],
		['JSON of another kind', json(404, { message: 'no' }), 'manifest_not_found'],
		['a page', html(404, 'Not Found'), 'http_intercepted'],
		['a page of a registry', html(404, 'Not Found', registryHeader), 'manifest_not_found'],
	])('%s', async (_name, reply, reason) => {
		const { observation, requests } = await asked({ respond: () => reply });
		expect(verdict(observation)).toBe(`registry manifest ${reason}`);
		expect(requests.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
	});

	test.each<[Reply, number, string]>([
		['silence', 404, 'manifest_not_found'],
		['close', 404, 'manifest_not_found'],
		['reset', 403, 'http_forbidden'],
	])('stands when the GET for its error code meets %s: %i', async (reply, status, reason) => {
		const { observation } = await asked({ respond: ({ method }) => (method === 'HEAD' ? { status } : reply) });
		expect(verdict(observation)).toBe(`registry manifest ${reason}`);
	});

	test('is read from the head alone where no GET may be sent', async () => {
		const { observation, requests } = await asked({ images: {} }, { manifestGet: false });
		expect(verdict(observation)).toBe('registry manifest manifest_not_found');
		expect(requests.map(({ method }) => method)).toEqual(['HEAD']);
	});
});

describe('the content', () => {
	const body = image.body;
	const otherIndex = json(200, { schemaVersion: 2, manifests: [] }, { 'content-type': oci });
	const typed = { 'content-type': oci };
	test.each<[string, Answer, string]>([
		['has another digest', content(makeImage({ layers: [Buffer.from('x')] }).body), 'digest_mismatch'],
		['is a page', html(200, 'Welcome'), 'http_intercepted'],
		['is limited', registryError(429, 'TOOMANYREQUESTS'), 'rate_limited'],
		['fails', { status: 500 }, 'http_server_error'],
		['is larger than 4 MiB', content(Buffer.alloc(4_194_400, ' ')), 'manifest_invalid'],
		['stops in the middle', { status: 200, headers: typed, body, pace: { stallAfter: 20 } }, 'body_stalled'],
		['is cut off', { status: 200, headers: typed, body, pace: { truncateAfter: 20 } }, 'body_truncated'],
		['is reset', { status: 200, headers: typed, body, pace: { resetAfter: 20 } }, 'connection_reset'],
		['is for nobody', otherIndex, 'digest_mismatch'],
	])('%s', async (_name, reply, reason) => {
		const { observation } = await asked({ ...serving(image), ...get(reply) });
		expect(verdict(observation)).toBe(`registry manifest ${reason}`);
		expect(recordOf(observation, 'registry', 'manifest').facts).toMatchObject({ digest: image.digest });
	});

	test.each<[string, string]>([
		['is no JSON', 'not json'],
		['is a list', '[]'],
		['has layers without digest', '{"config":{},"layers":[{}]}'],
		['is an index under the type of an image', '{"manifests":[]}'],
	])('%s', async (_name, text) => {
		const respond: Override = ({ method }) => ({ ...content(text), body: method === 'GET' ? text : '' });
		expect(verdict((await asked({ respond })).observation)).toBe('registry manifest manifest_invalid');
	});

	test('has nothing for this platform', async () => {
		const { observation } = await asked(serving(makeImage({ platforms: ['windows/amd64', 'linux/s390x'] })));
		expect(verdict(observation)).toBe('registry manifest platform_not_found');
	});
});

describe('HEAD is refused by 405', () => {
	const refused: Override = on('HEAD', { status: 405 });

	test('a GET is sent', async () => {
		expect(verdict((await asked({ ...serving(image), respond: refused })).observation)).toBe('none');
	});

	test('no GET is sent where none may be', async () => {
		const { observation, requests } = await asked({ ...serving(image), respond: refused }, { manifestGet: false });
		expect(verdict(observation)).toBe('registry manifest http_unexpected_status');
		expect(requests.map(({ method }) => method)).toEqual(['HEAD']);
	});

	test('and the GET meets a challenge: the token goes on with every request', async () => {
		await using service = await startTokenService();
		const auth = { bearer: { realm: service.realm('127.0.0.1'), service: 'x', tokens: service.tokens } };
		const { observation } = await asked({ ...serving(image), auth, respond: refused });
		expect(verdict(observation)).toBe('none');
		expect(service.asked.length).toBe(1);
	});
});
