import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, test } from 'vitest';

import type { Target } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import { startBlackhole } from '../fakes/blackhole.ts';
import { makeImage } from '../fakes/image.ts';
import { silent, startMisbehaving } from '../fakes/misbehaving.ts';
import type { Override } from '../fakes/http.ts';
import { makePlain } from './plain.ts';
import { hosts, proxyAt } from './throughProxy.ts';
import { startProxy } from '../fakes/proxy.ts';
import { attempt, makeWorld, names, targetAt, verdict, type Wishes } from './world.ts';

const hasty = { timeout: 20, attemptTimeout: 1.5 };
const blobs: Override = ({ path }) => (path.includes('/blobs/') ? 'silence' : undefined);
const manifests: Override = ({ headers }) => (headers.authorization === undefined ? undefined : 'silence');
const slow = makeImage({ layers: [Buffer.alloc(3000)] });

describe('the time of the attempt is up: the running stage fails with its own time-out', () => {
	test.concurrent.each<[string, Wishes, string]>([
		['challenge', { registry: { respond: () => 'silence' } }, 'registry challenge http_timeout'],
		['token', { token: { respond: () => 'silence' } }, 'token token http_timeout'],
		['manifest', { registry: { respond: manifests } }, 'registry manifest http_timeout'],
		['blob', { redirectBlobs: false, registry: { respond: blobs } }, 'registry blob http_timeout'],
		[
			'body of the blob',
			{ image: slow, blob: { blobs: slow.blobs, pace: { stallAfter: 10 } } },
			'blob blob body_stalled',
		],
	])('%s', async (_name, wishes, expected) => {
		await using world = await makeWorld(wishes);
		expect(inTime(await attempt(world.node, { ...world.target, ...hasty }))).toBe(expected);
	});

	test.concurrent('dns', async () => {
		await using world = await makeWorld();
		world.answers[names.registry] = { silent: true };
		expect(inTime(await attempt(world.node, { ...world.target, ...hasty }))).toBe('registry dns dns_timeout');
	});

	test.concurrent('tcp', async () => {
		await using hole = await startBlackhole();
		await using plain = await makePlain();
		const endpoint = { scheme: 'https', hostname: hole.address, port: hole.port } as const;
		expect(inTime(await attempt(await plain.node(), plain.target({ ...hasty, endpoint })))).toBe(
			'registry tcp tcp_timeout',
		);
	});

	test.concurrent('tls', async () => {
		await using server = await startMisbehaving(silent);
		await using plain = await makePlain();
		const endpoint = { scheme: 'https', hostname: '127.0.0.1', port: server.port } as const;
		expect(inTime(await attempt(await plain.node(), plain.target({ ...hasty, endpoint })))).toBe(
			'registry tls tls_timeout',
		);
	});

	test.concurrent('proxy', async () => {
		await using world = await makeWorld();
		await using server = await startProxy({ hosts, respond: () => 'silence' });
		const target = { ...world.target, ...hasty, proxy: proxyAt('http', server.port) };
		expect(inTime(await attempt(world.node, target))).toBe('registry proxy proxy_timeout');
	});
});

/** The verdict of an attempt that has taken its second and a half, and not much more; throws where it has not. */
function inTime(observation: Observation): string {
	const { seconds } = observation;
	if (seconds < 1.4 || seconds > 3) throw new Error(`it took ${seconds} s`);
	return verdict(observation);
}

/** How many sockets and watches this process has open, servers of the tests included. */
const open = () => process.getActiveResourcesInfo().filter((kind) => /TCP|UDP|TLS|Pipe/.test(kind)).length;

async function settledAt(count: number): Promise<number> {
	for (let round = 0; round < 50 && open() > count; round++) await sleep(20);
	return open();
}

describe('many attempts', () => {
	test('two hundred black holes delay no healthy target', async () => {
		await using hole = await startBlackhole();
		await using plain = await makePlain();
		const node = await plain.node();
		const endpoint = { scheme: 'https', hostname: hole.address, port: hole.port } as const;
		const dead = Array.from({ length: 200 }, () => attempt(node, targetAt(endpoint, { timeout: 1 })));
		const healthy = await attempt(node, plain.target({ timeout: 1 }));
		expect(verdict(healthy)).toBe('none');
		expect(healthy.seconds).toBeLessThan(0.9);
		const verdicts = (await Promise.all(dead)).map(verdict);
		expect(new Set(verdicts)).toEqual(new Set(['registry tcp tcp_timeout']));
	});

	test('two hundred leave nothing open, whether they succeed or fail', async () => {
		await using world = await makeWorld();
		await using closing = await makePlain({ respond: () => 'close' });
		await using silence = await startMisbehaving(silent);
		const quick: Partial<Target> = { timeout: 0.2 };
		const targets = [
			world.target,
			closing.target(),
			targetAt({ scheme: 'https', hostname: '127.0.0.1', port: silence.port }, quick),
			targetAt({ scheme: 'http', hostname: '127.0.0.1', port: silence.port }, quick),
			{ ...world.target, insecure: true, attemptTimeout: 0.02 },
		];
		await attempt(world.node, world.target);
		const before = await settledAt(0);
		for (let round = 0; round < 10; round++) {
			await Promise.all(Array.from({ length: 20 }, (_, at) => attempt(world.node, targets[at % 5] ?? world.target)));
		}
		expect(await settledAt(before)).toBeLessThanOrEqual(before);
	});
});
