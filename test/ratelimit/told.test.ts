import { describe, expect, test } from 'vitest';
import { registryError } from '../fakes/registryError.ts';
import type { Answer } from '../fakes/reply.ts';
import { verdict } from '../probe/world.ts';
import { makeLimitedWorld, Scrapes, type Where } from './world.ts';

const hub = 'registry-1.docker.io';
const source = '192.0.2.1';
const quota = (remaining: number): Answer => ({
	status: 200,
	headers: {
		'ratelimit-limit': '100;w=21600',
		'ratelimit-remaining': `${remaining};w=21600`,
		'docker-ratelimit-source': source,
	},
});

/** A registry that says one thing after the other, and the scrapes of an agent that tries it. */
async function inTurn(host = hub) {
	let now: { at: Where; answer: Answer } = { at: 'manifest', answer: quota(76) };
	const world = await makeLimitedWorld(host, () => now);
	const scrapes = new Scrapes(world.target);
	const hear = async (at: Where, answer: Answer) => {
		now = { at, answer };
		const observation = await world.attempt();
		scrapes.store.record(observation);
		return observation;
	};
	return { scrapes, hear, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}

const values = async (scrapes: Scrapes, metric: string) => (await scrapes.series(metric)).map(({ value }) => value);

test('a quota that is used up while HEAD is answered breaks no path, though a pull would be refused', async () => {
	await using world = await inTurn();
	expect(verdict(await world.hear('manifest', quota(0)))).toBe('none');
	expect(await values(world.scrapes, 'success')).toEqual([1]);
	expect(await values(world.scrapes, 'pull_success')).toEqual([0]);
	expect(await values(world.scrapes, 'ratelimit_remaining')).toEqual([0]);
	expect(await world.scrapes.series('ratelimit_state')).toContainEqual({ labels: { state: 'exhausted' }, value: 1 });
});

test('what an answer no longer says is gone, not zero', async () => {
	await using world = await inTurn();
	await world.hear('manifest', quota(76));
	expect(await values(world.scrapes, 'ratelimit_remaining')).toEqual([76]);
	await world.hear('manifest', { status: 200, headers: { 'ratelimit-limit': ';w=21600' } });
	expect(await values(world.scrapes, 'ratelimit_remaining')).toEqual([]);
	expect(await values(world.scrapes, 'ratelimit_limit')).toEqual([]);
	expect(await values(world.scrapes, 'ratelimit_window_seconds')).toEqual([21_600]);
	await world.hear('manifest', { status: 200 });
	expect(await values(world.scrapes, 'ratelimit_window_seconds')).toEqual([]);
	expect(await world.scrapes.series('ratelimit_state')).toContainEqual({
		labels: { state: 'unlimited_or_unknown' },
		value: 1,
	});
});

describe('three refusals with 429 are three things', () => {
	test.each([
		[
			'the pull limit',
			'manifest',
			{ ...registryError(429, 'TOOMANYREQUESTS'), headers: quota(0).headers },
			'registry manifest rate_limited',
		],
		[
			'the pull limit before the token',
			'challenge',
			{ ...registryError(429, 'TOOMANYREQUESTS'), headers: quota(0).headers },
			'registry manifest rate_limited',
		],
		[
			'the guard against abuse',
			'manifest',
			{ status: 429, body: 'Too Many Requests\n' },
			'registry manifest rate_limited_abuse',
		],
		['the token service', 'token', { status: 429, body: 'Too Many Requests\n' }, 'token token rate_limited'],
	] as const)('%s', async (_what, at, answer, expected) => {
		await using world = await inTurn();
		expect(verdict(await world.hear(at, answer as Answer))).toBe(expected);
		const [role, stage, reason] = expected.split(' ');
		expect(await world.scrapes.series('stage_failure')).toEqual([{ labels: { role, stage, reason }, value: 1 }]);
	});

	test('a bare refusal of another registry proves no guard', async () => {
		await using world = await inTurn('quay.io');
		const observation = await world.hear('manifest', { status: 429, body: 'Too many requests' });
		expect(verdict(observation)).toBe('registry manifest rate_limited');
	});
});

describe('Retry-After', () => {
	const date = (milliseconds: number): string => new Date(Date.now() + milliseconds).toUTCString();

	test.each<[string, Where, number, () => string, number]>([
		['in seconds', 'manifest', 429, () => '120', 120],
		['of 503', 'manifest', 503, () => '120', 120],
		['as a date', 'manifest', 429, () => date(120_000), 120],
		['of the token service', 'token', 429, () => '30', 30],
		['before the token', 'challenge', 503, () => '30', 30],
		['of more than an hour', 'manifest', 429, () => '86400', 3600],
	])('%s is what the schedule is asked for', async (_what, where, status, value, expected) => {
		await using world = await inTurn();
		const { asks } = await world.hear(where, { status, headers: { 'retry-after': value() } });
		const seconds = ((asks.notBefore ?? 0) - Date.now()) / 1000;
		expect(seconds).toBeGreaterThan(expected - 3);
		expect(seconds).toBeLessThanOrEqual(expected);
	});

	test.each<[string, number, () => string]>([
		['of a date that has passed', 429, () => date(-60_000)],
		['of 500', 500, () => '120'],
		['of 200', 200, () => '120'],
		['that is no time', 429, () => 'soon'],
	])('%s asks for nothing', async (_what, status, value) => {
		await using world = await inTurn();
		const { asks } = await world.hear('manifest', { status, headers: { 'retry-after': value() } });
		expect(asks.notBefore).toBeUndefined();
	});
});

describe('the identity that a registry counts', () => {
	const told = [{ labels: { source }, value: 1 }];

	test('is known from the first refusal, before a token service has answered', async () => {
		await using world = await inTurn();
		await world.hear('challenge', { status: 401, headers: { 'docker-ratelimit-source': source } });
		expect(await world.scrapes.series('egress_info')).toEqual(told);
	});

	test('stays for an hour after the path has gone, and then goes too', async () => {
		await using world = await inTurn();
		await world.hear('manifest', quota(76));
		await world.hear('token', { status: 500 });
		expect(await values(world.scrapes, 'success')).toEqual([0]);
		expect(await values(world.scrapes, 'ratelimit_remaining')).toEqual([]);
		world.scrapes.pass(3590);
		expect(await world.scrapes.series('egress_info')).toEqual(told);
		world.scrapes.pass(20);
		expect(await world.scrapes.series('egress_info')).toEqual([]);
	});

	test.each([
		['an IPv4 address', '192.0.2.7', '192.0.2.7'],
		['an IPv6 address as its network', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
		['an IPv6 network', '2001:41d0:801:2000::', '2001:41d0:801:2000::/64'],
		['an account', '186e63fa-abf0-4deb-a711-0dbd34c4a821', '186e63fa-abf0-4deb-a711-0dbd34c4a821'],
	])('is told as %s', async (_what, header, label) => {
		await using world = await inTurn();
		await world.hear('manifest', { status: 200, headers: { ...quota(5).headers, 'docker-ratelimit-source': header } });
		const labels = { source: label };
		expect(await world.scrapes.series('ratelimit_remaining')).toEqual([{ labels, value: 5 }]);
		expect(await world.scrapes.series('egress_info')).toEqual([{ labels, value: 1 }]);
	});

	test('of which nothing sensible is said has no name', async () => {
		await using world = await inTurn();
		const headers = { ...quota(5).headers, 'docker-ratelimit-source': '"}\t1 evil' };
		await world.hear('manifest', { status: 200, headers });
		expect(await world.scrapes.series('ratelimit_remaining')).toEqual([{ labels: { source: '' }, value: 5 }]);
		expect(await world.scrapes.series('egress_info')).toEqual([]);
	});
});
