import fc from 'fast-check';
import { expect, test } from 'vitest';

import { TokenBucket } from '../../src/cluster/tokenBucket.ts';

test('a burst, and then what the rate gives', () => {
	const bucket = new TokenBucket({ burst: 2, perSecond: 0.5 }, 0);
	const taken = [0, 0, 0, 1999, 2000, 3999, 4000].map((now) => bucket.take(now));
	expect(taken).toEqual([true, true, false, false, true, false, true]);
});

test('a long rest fills it no further than the burst', () => {
	const bucket = new TokenBucket({ burst: 2, perSecond: 1 }, 0);
	expect([3.6e6, 3.6e6, 3.6e6].map((now) => bucket.take(now))).toEqual([true, true, false]);
});

test('never more than the burst and what the time since gives, however it is asked', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 }), (steps) => {
			const bucket = new TokenBucket({ burst: 3, perSecond: 2 }, 0);
			let now = 0;
			let taken = 0;
			for (const step of steps) if (bucket.take((now += step))) taken += 1;
			expect(taken).toBeLessThanOrEqual(3 + (now / 1000) * 2);
		}),
	);
});
