import { describe, expect, test } from 'vitest';

import type { Target } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import { selfSigned } from '../fakes/authority.ts';
import { makeImage } from '../fakes/image.ts';
import { closedPort } from '../fakes/misbehaving.ts';
import { html, type Pace, type Reply } from '../fakes/reply.ts';
import { attempt, makeWorld, names, recordOf, trail, verdict, type Wishes } from './world.ts';

const imageOf = (bytes: number) => makeImage({ layers: [Buffer.alloc(bytes, 'layer')] });

interface Tried {
	readonly observation: Observation;
	/** Bytes that the blob stage says it read. */
	readonly bytes: unknown;
}

/** One attempt with a layer of so many bytes behind a blob host. */
async function reading(wishes: Wishes, layer = 3000, change: Partial<Target> = {}): Promise<Tried> {
	await using world = await makeWorld({ image: imageOf(layer), ...wishes });
	const observation = await attempt(world.node, { ...world.target, timeout: 0.7, ...change });
	const role = wishes.redirectBlobs === false ? 'registry' : 'blob';
	const record = observation.records.find((it) => it.role === role && it.stage === 'blob');
	return { observation, bytes: record?.facts?.['bytes'] };
}

describe('the blob host', () => {
	test('that DNS does not know', async () => {
		await using world = await makeWorld();
		world.answers[names.blob] = { rcode: 'NXDOMAIN' };
		expect(verdict(await attempt(world.node, world.target))).toBe('blob dns dns_name_not_found');
	});

	test('that does not listen', async () => {
		const port = await closedPort();
		await using world = await makeWorld({
			registry: { images: { 'team/app': { 1: imageOf(10) } }, blobUrl: () => `https://${names.blob}:${port}/x` },
		});
		expect(verdict(await attempt(world.node, world.target))).toBe('blob tcp tcp_refused');
	});

	test('that nobody vouches for', async () => {
		await using world = await makeWorld();
		const { key, chain } = await selfSigned([names.blob]);
		world.blob.changeTls({ key, cert: chain });
		expect(verdict(await attempt(world.node, world.target))).toBe('blob tls tls_untrusted');
	});

	test('at a link-local address belongs to the registry that sent us there', async () => {
		await using world = await makeWorld();
		world.answers[names.blob] = { A: ['169.254.169.254'] };
		expect(verdict(await attempt(world.node, world.target))).toBe('registry blob redirect_refused');
	});
});

/** An answer 206 with so many bytes. */
const part = (range: string, bytes: number): Reply => ({
	status: 206,
	headers: { 'content-range': range },
	body: Buffer.alloc(bytes, 'layer'),
});

describe('the answer of the blob host', () => {
	test.each<[string, Reply, string]>([
		['silence', 'silence', 'http_timeout'],
		['a close', 'close', 'http_closed'],
		['another part than was asked for', part('bytes 500-509/3000', 10), 'http_protocol_error'],
		['fewer bytes than it says', part('bytes 0-2999/3000', 10), 'body_truncated'],
		['a reset', 'reset', 'connection_reset'],
		['403 of a signature that has run out', { status: 403 }, 'http_forbidden'],
		['401', { status: 401 }, 'auth_required'],
		['404', { status: 404 }, 'blob_not_found'],
		['416', { status: 416 }, 'http_unexpected_status'],
		['429', { status: 429 }, 'rate_limited'],
		['500', { status: 500 }, 'http_server_error'],
		['a page', html(200, 'Please log in'), 'http_intercepted'],
		['nothing', { status: 200 }, 'digest_mismatch'],
		['a redirect to nowhere', { status: 302 }, 'redirect_refused'],
	])('%s', async (_name, reply, reason) => {
		const { observation } = await reading({ blob: { respond: () => reply } });
		expect(verdict(observation)).toBe(`blob blob ${reason}`);
	});

	test.each<[string, Pace, string, unknown]>([
		['is cut off', { truncateAfter: 1000 }, 'body_truncated', 1000],
		// What was on its way may be lost.
		['is reset', { resetAfter: 1000 }, 'connection_reset', expect.any(Number)],
		['stops', { stallAfter: 1000 }, 'body_stalled', 1000],
		['stops before it begins', { stallAfter: 0 }, 'body_stalled', 0],
	])('%s', async (_name, pace, reason, read) => {
		const { observation, bytes } = await reading({ blob: { pace } });
		expect(verdict(observation)).toBe(`blob blob ${reason}`);
		expect(bytes).toEqual(read);
	});

	test('flows slowly: the time-out ends it, and that is a success', async () => {
		const { observation, bytes } = await reading({ blob: { pace: { bytesPerSecond: 5000 } } }, 60_000);
		expect(verdict(observation)).toBe('none');
		expect(bytes).toBeGreaterThan(1000);
		expect(bytes).toBeLessThan(10_000);
	});

	test('has the wrong bytes', async () => {
		const { observation } = await reading({ blob: { wrongBytes: true } });
		expect(verdict(observation)).toBe('blob blob digest_mismatch');
	});

	test('is longer than what was asked for: it is cut off there', async () => {
		const { observation, bytes } = await reading({ blob: { ignoreRange: true } }, 200_000, {
			blob: { bytes: 5000, byDefault: false },
		});
		expect(verdict(observation)).toBe('none');
		expect(bytes).toBe(5000);
	});

	test('is a part of the layer: its digest is not judged', async () => {
		const { observation } = await reading({}, 200_000, { blob: { bytes: 5000, byDefault: false } });
		expect(recordOf(observation, 'blob', 'blob').facts).not.toHaveProperty('verified');
		expect(recordOf(observation, 'blob', 'blob').facts).toMatchObject({ bytes: 5000 });
	});
});

describe('speed', () => {
	test.each<[number, boolean]>([
		[16 * 1024 - 1, false],
		[16 * 1024, true],
	])('of %i bytes is told: %s', async (bytes, told) => {
		const { observation } = await reading({}, 100_000, { timeout: 2, blob: { bytes, byDefault: false } });
		const { facts } = recordOf(observation, 'blob', 'blob');
		expect(facts).toMatchObject({ bytes });
		expect(Object.keys(facts ?? {}).includes('bytesPerSecond')).toBe(told);
	});

	test('is that of the bytes on their way', async () => {
		const pace = { bytesPerSecond: 100_000 };
		const { observation } = await reading({ blob: { pace } }, 40_000, { timeout: 2 });
		const speed = Number(recordOf(observation, 'blob', 'blob').facts?.['bytesPerSecond']);
		expect(speed).toBeGreaterThan(50_000);
		expect(speed).toBeLessThan(250_000);
	});
});

describe('the registry serves its blobs itself', () => {
	test('then the role is its own, and the token is shown again', async () => {
		await using world = await makeWorld({ redirectBlobs: false });
		const observation = await attempt(world.node, world.target);
		expect(verdict(observation)).toBe('none');
		expect(trail(observation).at(-1)).toBe('registry blob');
		expect(world.registry.requests.at(-1)?.headers.authorization).toMatch(/^Bearer /);
	});

	test('and denies one after it has given the manifest', async () => {
		const respond = ({ path }: { path: string }) => (path.includes('/blobs/') ? { status: 403 } : undefined);
		await using world = await makeWorld({ registry: { respond } });
		expect(verdict(await attempt(world.node, world.target))).toBe('registry blob auth_denied');
	});
});

describe('a pinned layer', () => {
	const gone = `sha256:${'0'.repeat(64)}`;

	test('that the registry no longer knows is missed', async () => {
		const { observation } = await reading({}, 3000, { blob: { bytes: 100, digest: gone, byDefault: false } });
		expect(verdict(observation)).toBe('registry blob blob_not_found');
	});

	test('of our own default is not the node’s fault: no record, and a fact beside the manifest', async () => {
		const { observation } = await reading({}, 3000, { blob: { bytes: 100, digest: gone, byDefault: true } });
		expect(verdict(observation)).toBe('none');
		expect(trail(observation)).not.toContain('registry blob');
		expect(recordOf(observation, 'registry', 'manifest').facts).toHaveProperty('blobSkipped');
	});
});

test('the signature of the URL goes to the blob host only, the token stays at home', async () => {
	await using world = await makeWorld();
	await attempt(world.node, world.target);
	expect(world.blob.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
	expect(world.blob.requests[0]?.query.get('X-Amz-Signature')).toBe('planted-signature');
	expect(world.blob.requests[0]?.headers.range).toBe('bytes=0-65535');
});
