import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/schedule/clock.ts';
import { createLoopClock, type LoopClock } from '../../src/schedule/loopClock.ts';

let loop: LoopClock;

beforeEach(() => {
	loop = createLoopClock(systemClock);
});

afterEach(() => loop.stop());

function standStill(milliseconds: number): void {
	const end = performance.now() + milliseconds;
	while (performance.now() < end);
}

test('a loop that was blocked for more than a second stood still', async () => {
	await sleep(300);
	const moment = performance.now();
	standStill(1100);
	await sleep(10);
	expect(loop.stoodStillSince(moment)).toBeGreaterThan(1000);
});

test('a standstill is seen before the loop has turned again', () => {
	const moment = performance.now();
	standStill(1100);
	expect(loop.stoodStillSince(moment)).toBeGreaterThan(1000);
});

test('a standstill that ended earlier does not count', async () => {
	standStill(1100);
	await sleep(10);
	const moment = performance.now();
	await sleep(50);
	expect(loop.stoodStillSince(moment)).toBe(0);
});

test('waiting is not standing still', async () => {
	const moment = performance.now();
	await sleep(1500);
	expect(loop.stoodStillSince(moment)).toBe(0);
	expect(loop.quiet()).toBeLessThan(1000);
});
