import { expect, test } from 'vitest';

import { Backoff, usualPace } from '../../src/cluster/backoff.ts';

const times = (backoff: Backoff, count: number) => Array.from({ length: count }, () => backoff.next());

test('waits grow from a second to a minute', () => {
	const waits = times(new Backoff(usualPace, () => 1), 9);
	expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test('half of a wait is left to chance', () => {
	expect(times(new Backoff(usualPace, () => 0), 3)).toEqual([500, 1000, 2000]);
});

test('what the server asks for comes on top, so that not all agents come back together', () => {
	const backoff = new Backoff(usualPace, () => 0);
	expect(backoff.next(30)).toBe(30_500);
});

test('after a success it begins anew', () => {
	const backoff = new Backoff(usualPace, () => 1);
	times(backoff, 5);
	backoff.reset();
	expect(backoff.next()).toBe(1000);
});

test('a thousand failures make no infinite wait', () => {
	expect(times(new Backoff(usualPace, () => 1), 1000).at(-1)).toBe(60_000);
});
