import { expect, test } from 'vitest';
import { createWorstLag } from '../../src/schedule/worstLag.ts';
import { HandClock } from './handClock.ts';

test('punctual beginnings do not hide a lag of the last minute', async () => {
	const clock = new HandClock();
	const worst = createWorstLag(clock);
	worst(3);
	await clock.pass(59);
	expect(worst(0)).toBe(3);
});

test('a lag is forgotten after two minutes', async () => {
	const clock = new HandClock();
	const worst = createWorstLag(clock);
	worst(3);
	await clock.pass(61);
	worst(0.2);
	await clock.pass(61);
	expect(worst(0.1)).toBe(0.2);
	await clock.pass(500);
	expect(worst(0.1)).toBe(0.1);
});
