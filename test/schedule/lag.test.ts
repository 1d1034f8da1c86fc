import { expect, test } from 'vitest';
import type { Target } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import { observationOf, targetOf, World } from './world.ts';

const a = targetOf('a.example');

/** An attempt with one timed record. */
const timed = async (target: Target): Promise<Observation> =>
	observationOf(target, {
		records: [{ role: 'registry', stage: 'manifest', peer: 'a.example', seconds: 0.1, outcome: 'success' }],
	});

test('an attempt during which the agent lagged is repeated once, and what the repetition finds is recorded', async () => {
	const world = new World();
	world.answer = timed;
	world.lag = 51;
	world.schedule.update([a]);
	while (world.repeated.length === 0) await world.clock.pass(0.01);
	expect(world.recorded).toEqual([]);
	expect(world.lags.at(-1)).toBe(0.051);
	world.lag = 0;
	await world.clock.pass(1);
	expect(world.causes).toEqual(['lag']);
	expect(world.recorded[0]?.records[0]?.seconds).toBe(0.1);
});

test('an attempt that lagged again is recorded without durations', async () => {
	const world = new World();
	world.answer = timed;
	world.lag = 51;
	world.schedule.update([targetOf('a.example', { interval: 3600 })]);
	await world.clock.pass(60);
	expect(world.causes).toEqual(['lag']);
	expect(world.recorded).toHaveLength(1);
	expect(world.recorded[0]?.records[0]).not.toHaveProperty('seconds');
});

test('each round may be repeated, the one after a round without durations too', async () => {
	const world = new World();
	world.lag = 51;
	world.schedule.update([targetOf('a.example', { interval: 60 })]);
	await world.clock.pass(240);
	expect(world.repeated.length - world.recorded.length).toBeLessThanOrEqual(1);
	expect(world.recorded.length).toBeGreaterThan(2);
});

test('a small lag changes nothing', async () => {
	const world = new World();
	world.answer = timed;
	world.lag = 50;
	world.schedule.update([a]);
	await world.clock.pass(15);
	expect(world.repeated).toEqual([]);
	expect(world.recorded[0]?.records[0]?.seconds).toBe(0.1);
});

test('an attempt that lagged and was told to wait is recorded: it cannot be repeated before that', async () => {
	const world = new World();
	world.lag = 51;
	world.answer = async (target) =>
		observationOf(target, { success: false, asks: { notBefore: world.clock.wall() + 600_000 } });
	world.schedule.update([a]);
	await world.clock.pass(60);
	expect(world.causes).toEqual([]);
	expect(world.recorded).toHaveLength(1);
	expect(world.pauses.get(a.id)).toEqual(['retry_after']);
});

test('an attempt that lagged and whose login was rejected is recorded: the login is not sent again', async () => {
	const world = new World();
	world.lag = 51;
	const target = targetOf('a.example', { credentials: { source: 'file', file: 'login.json' } });
	world.answer = async () => observationOf(target, { success: false, asks: { loginRejected: true } });
	world.schedule.update([target]);
	while (world.begun.length === 0) await world.clock.pass(0.01);
	await world.clock.pass(0.01);
	expect(world.causes).toEqual([]);
	expect(world.recorded).toHaveLength(1);
});

test('an attempt that stood still shows the wait that it was told, though nothing of it is recorded', async () => {
	const world = new World();
	world.stoodStill = 1500;
	world.answer = async (target) =>
		observationOf(target, { success: false, asks: { notBefore: world.clock.wall() + 600_000 } });
	world.schedule.update([a]);
	await world.clock.pass(60);
	expect(world.recorded).toEqual([]);
	expect(world.begun).toHaveLength(1);
	expect(world.pauses.get(a.id)).toEqual(['retry_after']);
});

test('a login that was rejected while the agent stood still is shown once more, so that somebody learns of it', async () => {
	const world = new World();
	world.stoodStill = 1500;
	const target = targetOf('a.example', { credentials: { source: 'file', file: 'login.json' } });
	world.answer = async () => observationOf(target, { success: false, asks: { loginRejected: true } });
	world.schedule.update([target]);
	while (world.begun.length === 0) await world.clock.pass(0.01);
	await world.clock.pass(0.01);
	world.stoodStill = 0;
	await world.clock.pass(60);
	expect(world.begun[1]?.hold).toEqual({});
	expect(world.recorded[0]?.success).toBe(false);
	expect(world.pauses.get(target.id)).toEqual(['credentials']);
});
