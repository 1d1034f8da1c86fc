import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../fakes/reply.ts';
import { verdict } from '../probe/world.ts';
import { makeLimitedWorld, Scrapes, type Where } from './world.ts';

/** What a registry was seen to say, and what the agent is to make of it. */
interface Recorded {
	readonly name: string;
	/** Where it was seen. */
	readonly source: string;
	readonly host: string;
	readonly at: Where;
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly expected: {
		readonly verdict: string;
		/** A number that the registry does not say has no series. */
		readonly quota?: {
			readonly limit?: number;
			readonly remaining?: number;
			readonly window?: number;
			readonly source?: string;
		};
		/** Absent: the manifest was not reached. */
		readonly state?: string;
		readonly egress?: string;
		/** What it asks to wait. */
		readonly waitSeconds?: number;
	};
}

const recorded = JSON.parse(readFileSync(new URL('recorded.json', import.meta.url), 'utf8')) as readonly Recorded[];

const states = ['limited', 'exhausted', 'unlimited_or_unknown'];

function answerOf({ status, headers, body }: Recorded): Answer {
	return { status, headers, ...(body !== undefined && { body }) };
}

describe.each(recorded.map((each) => [each.name, each] as const))('%s', (_name, each) => {
	const { quota = {}, state, egress, waitSeconds, verdict: expected } = each.expected;

	test('is told as it was said', async () => {
		await using world = await makeLimitedWorld(each.host, () => ({ at: each.at, answer: answerOf(each) }));
		const observation = await world.attempt();
		expect(verdict(observation)).toBe(expected);

		const scrapes = new Scrapes(world.target);
		scrapes.store.record(observation);
		const labels = { source: quota.source ?? '' };
		const only = (value: number | undefined) => (value === undefined ? [] : [{ labels, value }]);
		expect(await scrapes.series('ratelimit_limit')).toEqual(only(quota.limit));
		expect(await scrapes.series('ratelimit_remaining')).toEqual(only(quota.remaining));
		expect(await scrapes.series('ratelimit_window_seconds')).toEqual(only(quota.window));
		const hot = states.map((one) => ({ labels: { state: one }, value: Number(one === state) }));
		expect(await scrapes.series('ratelimit_state')).toEqual(state === undefined ? [] : hot);
		const identity = egress === undefined ? [] : [{ labels: { source: egress }, value: 1 }];
		expect(await scrapes.series('egress_info')).toEqual(identity);
		expect(await scrapes.series('success')).toEqual([{ labels: {}, value: Number(expected === 'none') }]);
	});

	test('is waited for as long as it asks', async () => {
		await using world = await makeLimitedWorld(each.host, () => ({ at: each.at, answer: answerOf(each) }));
		const before = Date.now();
		const { asks } = await world.attempt();
		const elapsed = (Date.now() - before) / 1000;
		const waits = asks.notBefore === undefined ? undefined : (asks.notBefore - before) / 1000;
		expect(waits === undefined).toBe(waitSeconds === undefined);
		const beyond = (waits ?? 0) - (waitSeconds ?? 0);
		expect(beyond).toBeGreaterThan(-0.001);
		expect(beyond).toBeLessThanOrEqual(elapsed);
	});
});

test('every set has its source, and no two have one name', () => {
	for (const { source } of recorded) expect(source).not.toBe('');
	expect(new Set(recorded.map(({ name }) => name)).size).toBe(recorded.length);
});
