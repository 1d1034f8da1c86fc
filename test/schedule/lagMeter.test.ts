import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/schedule/clock.ts';
import { createLagMeter } from '../../src/schedule/lagMeter.ts';

function block(milliseconds: number): void {
	const end = performance.now() + milliseconds;
	while (performance.now() < end);
}

test('a hold-up while something is timed is told, at most 10 ms short', async () => {
	const meter = createLagMeter(systemClock);
	const { result, lag } = await meter.during(async () => {
		await sleep(50);
		block(100);
		await sleep(50);
		return 'done';
	});
	expect(result).toBe('done');
	expect(lag).toBeGreaterThanOrEqual(90);
});

test('a hold-up is seen by what ends before the loop has turned', async () => {
	const meter = createLagMeter(systemClock);
	const { lag } = await meter.during(async () => {
		await sleep(30);
		block(100);
	});
	expect(lag).toBeGreaterThanOrEqual(90);
});

test('a hold-up before something is timed does not count', async () => {
	const meter = createLagMeter(systemClock);
	const other = meter.during(() => sleep(300));
	block(200);
	const { lag } = await meter.during(() => sleep(50));
	expect(lag).toBeLessThan(150);
	expect((await other).lag).toBeGreaterThanOrEqual(190);
});

test('one hold-up counts for everything that is timed meanwhile', async () => {
	const meter = createLagMeter(systemClock);
	const both = [meter.during(() => sleep(200)), meter.during(() => sleep(150))];
	await sleep(20);
	block(100);
	for (const { lag } of await Promise.all(both)) expect(lag).toBeGreaterThanOrEqual(90);
});

test('waiting is no hold-up', async () => {
	const { lag } = await createLagMeter(systemClock).during(() => sleep(200));
	expect(lag).toBeLessThan(100);
});

test('what fails is watched no longer', async () => {
	const meter = createLagMeter(systemClock);
	await expect(meter.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
	block(150);
	expect((await meter.during(() => sleep(20))).lag).toBeLessThan(100);
});
