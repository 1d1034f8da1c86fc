import { describe, expect, test } from 'vitest';

import type { Target } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import type { Hold } from '../../src/probe/probe.ts';
import { makeImage } from '../fakes/image.ts';
import type { Quota } from '../fakes/quota.ts';
import { makePlain } from './plain.ts';
import { attempt, recordOf, trail, verdict } from './world.ts';

const image = makeImage();

interface Found {
	readonly observation: Observation;
	readonly quota: Quota;
	/** Method and path of each request. */
	readonly sent: readonly string[];
}

/** One attempt on a registry with so many pulls left of a hundred. */
async function withQuota(remaining: number, change: Partial<Target> = {}, hold: Hold = {}): Promise<Found> {
	const quota: Quota = { limit: 100, remaining, windowSeconds: 21_600 };
	await using plain = await makePlain({ images: { 'team/app': { 1: image } }, quota });
	const observation = await attempt(await plain.node(), plain.target(change), { hold });
	const sent = plain.registry.requests.map(({ method, path }) => `${method} ${path}`);
	return { observation, quota, sent };
}

const head = 'HEAD /v2/team/app/manifests/1';

describe('the quota', () => {
	test('is told as the registry says it', async () => {
		const { observation } = await withQuota(50);
		expect(observation.asks.quotaLeft).toBe(0.5);
		expect(recordOf(observation, 'registry', 'manifest').facts).toMatchObject({
			ratelimit: { limit: 100, remaining: 50, windowSeconds: 21_600 },
		});
	});

	test.each<[string, number, Hold]>([
		['under its floor', 5, {}],
		['empty', 0, {}],
		['found under its floor before', 50, { floor: true }],
	])('%s: nothing is sent that counts or moves bytes', async (_name, remaining, hold) => {
		const { observation, sent } = await withQuota(remaining, {}, hold);
		expect(verdict(observation)).toBe('none');
		expect(sent).toEqual([head]);
		expect(trail(observation)).not.toContain('registry blob');
	});

	test('exactly at its floor is not under it', async () => {
		const { sent } = await withQuota(10);
		expect(sent.length).toBeGreaterThan(1);
	});

	test('is not touched where GET is not allowed, though the blob is read', async () => {
		const digest = image.layers[0]?.digest ?? '';
		const blob = { bytes: 100, digest, byDefault: false };
		const { observation, quota, sent } = await withQuota(50, { manifestGet: false, blob });
		expect(verdict(observation)).toBe('none');
		expect(quota.remaining).toBe(50);
		expect(sent).toEqual([head, `GET /v2/team/app/blobs/${digest}`]);
	});

	test('no GET is sent for a 404 under the floor', async () => {
		await using plain = await makePlain({ images: {} });
		const observation = await attempt(await plain.node(), plain.target(), { hold: { floor: true } });
		expect(verdict(observation)).toBe('registry manifest manifest_not_found');
		expect(plain.registry.requests.map(({ method }) => method)).toEqual(['HEAD']);
	});
});
