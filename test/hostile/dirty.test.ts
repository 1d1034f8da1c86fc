import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Observation } from '../../src/probe/observation.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { attempt, targetAt, verdict } from '../probe/world.ts';
import { dirt, harmfulIn } from './dirt.ts';
import { places } from './dirtyAnswers.ts';
import { type Rude, startRaw } from './raw.ts';

describe.each(Object.entries(places))('in %s', (_place, answer) => {
	let node: Node;
	beforeAll(async () => void (node = await makeNode()));
	afterAll(() => node.remove());

	async function tried(rude: Rude): Promise<Observation> {
		await using server = await startRaw(rude);
		const target = targetAt({ scheme: 'http', hostname: '127.0.0.1', port: server.port }, { timeout: 1 });
		return await attempt(node, target);
	}

	test.each(Object.entries(dirt))('%s is made harmless', async (_kind, bytes) => {
		const observation = await tried(answer(bytes));
		expect(harmfulIn(observation)).toEqual([]);
		expect(verdict(observation)).not.toMatch(/unknown|cancelled/);
	});
});
