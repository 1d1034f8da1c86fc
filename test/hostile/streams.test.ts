import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { holdingOf } from '../endurance/procfs.ts';
import { type Crowd, entryOf, limits, startCrowd, type Watched } from './crowd.ts';
import { startRaw } from './raw.ts';
import { cases } from './streamCases.ts';

/** MiB that all of them together may cost beyond an agent with one target. */
const memoryBound = 64;

describe('registries that send too much, too slowly or other than they say', () => {
	const stack = new AsyncDisposableStack();
	const names = new Map(Object.keys(cases).map((title, at) => [title, `rude-${at}.test`]));
	let crowd: Crowd;
	let watched: Watched;

	beforeAll(async () => {
		const started = Object.entries(cases).map(async ([title, [answer]]) => {
			const server = stack.use(await startRaw(answer));
			return entryOf(names.get(title) ?? '', server.origin);
		});
		crowd = stack.use(await startCrowd({ entries: await Promise.all(started) }));
		watched = await crowd.watch(6);
	});

	afterAll(() => stack.disposeAsync());

	test.each(Object.entries(cases).map(([title, [, expected]]) => [title, expected]))(
		'%s: %s',
		async (title, expected) => {
			// On a busy machine an attempt may run out of time before it has seen what is to be judged; the next one has not.
			await vi.waitFor(async () => expect(await crowd.verdict(names.get(title) ?? '')).toBe(expected), 20_000);
		},
	);

	test('cost a bounded amount of memory', () => {
		expect(holdingOf(crowd.agent.pid).peak - crowd.before.peak).toBeLessThan(memoryBound);
	});

	test('leave no descriptor behind beyond one attempt each', () => {
		expect(holdingOf(crowd.agent.pid).descriptors).toBeLessThan(crowd.before.descriptors + 4 * names.size);
	});

	test('are given up in time', () => {
		expect(watched.longest).toBeLessThan(limits.attempt + 1);
	});

	test('do not touch the healthy registry beside them', () => {
		expect(new Set(watched.successes)).toEqual(new Set([1]));
		// One a second where nobody else uses the machine; one in four seconds if it had to wait for the others.
		expect(watched.pace).toBeGreaterThan(0.4);
	});

	test('are named in the log, and nothing in it is a fault of the agent', () => {
		expect(crowd.agent.lines().filter(({ level, message }) => level === 'error' && message !== 'pulls fail')).toEqual(
			[],
		);
		expect(crowd.agent.running).toBe(true);
	});
});
