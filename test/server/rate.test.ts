import { expect, test } from 'vitest';
import { Rate } from '../../src/server/rate.ts';

test('each may come so often in a span of time, and as often in the next', () => {
	let now = 0;
	const rate = new Rate({ times: 2, within: 1000, now: () => now });
	const three = () => [rate.exceeds('a'), rate.exceeds('a'), rate.exceeds('a')];
	expect(three()).toEqual([false, false, true]);
	expect(rate.exceeds('b')).toBe(false);
	now = 999;
	expect(rate.exceeds('a')).toBe(true);
	now = 1000;
	expect(three()).toEqual([false, false, true]);
});
