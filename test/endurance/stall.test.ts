import { expect, test } from 'vitest';
import { stall } from './stall.ts';

test('an agent that is stopped and goes on repeats what it was in the middle of, and blames nobody', async () => {
	const stalled = await stall(4);
	expect(stalled.repeated).toBeGreaterThan(0);
	expect(stalled).toMatchObject({ failures: 0, complaints: [], goesOn: true });
});
