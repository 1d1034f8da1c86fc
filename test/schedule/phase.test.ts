import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstDelay, nextDue, shareOf } from '../../src/schedule/phase.ts';

const names = Array.from({ length: 1000 }, (_, at) => `node-${at}`);

test('a target has the same phase after each start', () => {
	expect(shareOf('node-1', 'docker.io registry-1.docker.io')).toBe(shareOf('node-1', 'docker.io registry-1.docker.io'));
});

test('a thousand nodes spread one target evenly', () => {
	const tenths = names.map((node) => Math.floor(shareOf(node, 'docker.io registry-1.docker.io') * 10));
	const counts = Array.from({ length: 10 }, (_, tenth) => tenths.filter((found) => found === tenth).length);
	expect(Math.min(...counts)).toBeGreaterThan(60);
	expect(Math.max(...counts)).toBeLessThan(140);
});

test('the targets of one node spread evenly', () => {
	const halves = names.filter((name) => shareOf('node-1', name) < 0.5).length;
	expect(halves).toBeGreaterThan(400);
	expect(halves).toBeLessThan(600);
});

test('a first attempt comes within 15 s, or within a shorter interval', () => {
	expect(firstDelay(0.5, 60, false)).toBe(7500);
	expect(firstDelay(0.5, 2, false)).toBe(1000);
});

test('a first attempt on a public registry comes within 120 s, or within a shorter interval', () => {
	expect(firstDelay(0.5, 300, true)).toBe(60_000);
	expect(firstDelay(0.5, 10, true)).toBe(5000);
});

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const seconds = fc.double({ min: 0, max: 1e6, noNaN: true });

test('two attempts are never further apart than a period, nor closer than half', () => {
	fc.assert(
		fc.property(share, seconds, fc.integer({ min: 1, max: 86_400 }), (phase, last, interval) => {
			const gap = nextDue(last * 1000, interval * 1000, phase) - last * 1000;
			expect(gap).toBeGreaterThanOrEqual(interval * 500 - 1);
			expect(gap).toBeLessThanOrEqual(interval * 1000 + 1.001);
		}),
	);
});

test('the phase is reached within two steps and then kept', () => {
	fc.assert(
		fc.property(share, seconds, fc.integer({ min: 1, max: 86_400 }), (phase, last, interval) => {
			const period = interval * 1000;
			const step = (from: number) => nextDue(from, period, phase);
			const reached = step(step(last * 1000));
			const distance = Math.abs(((((reached / period - phase) % 1) + 1.5) % 1) - 0.5) * period;
			expect(distance).toBeLessThan(1.001);
			expect(step(reached) - reached).toBeCloseTo(period, -1);
		}),
	);
});
