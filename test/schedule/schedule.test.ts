import { expect, test } from 'vitest';
import { shareOf } from '../../src/schedule/phase.ts';
import { observationOf, targetOf, unanswered, World } from './world.ts';

const [a, b] = [targetOf('a.example'), targetOf('b.example')];

test('attempts follow one another at the interval, at the phase of node and target', async () => {
	const world = new World();
	world.schedule.update([a]);
	await world.clock.pass(600);
	const moments = world.moments(a).slice(-8);
	const phase = shareOf('node-1', a.id) * 60;
	for (const moment of moments) expect(moment % 60).toBeCloseTo(phase, 3);
	expect(new Set(moments).size).toBe(8);
});

test('the first attempt comes within 15 s of a start', async () => {
	const world = new World();
	const targets = Array.from({ length: 50 }, (_, at) => targetOf(`r${at}.example`));
	world.schedule.update(targets);
	await world.clock.pass(15);
	expect(new Set(world.begun.map(({ id }) => id)).size).toBe(50);
});

test('first attempts do not begin together', async () => {
	const world = new World();
	world.schedule.update(Array.from({ length: 100 }, (_, at) => targetOf(`r${at}.example`)));
	await world.clock.pass(15);
	const seconds = world.begun.map(({ at }) => Math.floor(at));
	const fullest = Math.max(...seconds.map((second) => seconds.filter((other) => other === second).length));
	expect(fullest).toBeLessThan(20);
});

test('a public registry is first tried within 120 s, not 15', async () => {
	const world = new World({ gentle: () => true });
	const targets = Array.from({ length: 50 }, (_, at) => targetOf(`r${at}.example`, { interval: 300 }));
	world.schedule.update(targets);
	await world.clock.pass(15);
	expect(world.begun.length).toBeLessThan(20);
	await world.clock.pass(105);
	expect(new Set(world.begun.map(({ id }) => id)).size).toBe(50);
});

test('a target is never tried twice at a time', async () => {
	const world = new World();
	let [under, most] = [0, 0];
	world.answer = async (target) => {
		most = Math.max(most, (under += 1));
		await new Promise<void>((resolve) => world.clock.after(25_000, resolve));
		under -= 1;
		return observationOf(target);
	};
	world.schedule.update([targetOf('slow.example', { interval: 10 })]);
	await world.clock.pass(300);
	expect(most).toBe(1);
	expect(world.recorded.length).toBeGreaterThan(7);
});

test('an unchanged target is untouched by an update', async () => {
	const [left, touched] = [new World(), new World()];
	for (const world of [left, touched]) world.schedule.update([a, b]);
	await left.clock.pass(300);
	for (let times = 0; times < 30; times += 1) {
		await touched.clock.pass(10);
		touched.schedule.update([{ ...a }, { ...b, timeout: times }]);
	}
	expect(touched.moments(a)).toEqual(left.moments(a));
});

test('a changed target keeps its phase', async () => {
	const [left, touched] = [new World(), new World()];
	for (const world of [left, touched]) world.schedule.update([a]);
	await left.clock.pass(300);
	await touched.clock.pass(100);
	touched.schedule.update([{ ...a, timeout: 3 }]);
	await touched.clock.pass(200);
	expect(touched.moments(a)).toEqual(left.moments(a));
});

test('changed settings apply to the next attempt', async () => {
	const world = new World();
	world.schedule.update([a]);
	await world.clock.pass(100);
	world.schedule.update([{ ...a, timeout: 3 }]);
	await world.clock.pass(60);
	expect(world.begun.at(-1)?.target.timeout).toBe(3);
});

test('a shorter interval applies at once', async () => {
	const world = new World();
	world.schedule.update([targetOf('a.example', { interval: 3600 })]);
	await world.clock.pass(100);
	const before = world.begun.length;
	world.schedule.update([targetOf('a.example', { interval: 10 })]);
	await world.clock.pass(10);
	expect(world.begun.length).toBe(before + 1);
});

test('what an attempt finds with settings that changed meanwhile is not recorded; a new one follows', async () => {
	const world = new World();
	world.answer = unanswered;
	world.schedule.update([a]);
	await world.clock.pass(20);
	world.answer = async (target) => observationOf(target, { seconds: 7 });
	world.schedule.update([{ ...a, timeout: 3 }]);
	await world.clock.pass(1);
	expect(world.recorded.map(({ seconds }) => seconds)).toEqual([7]);
	expect(world.dropped.map(({ seconds }) => seconds)).toEqual([0.1]);
});

test('a removed target is tried no more and its attempt under way is not recorded', async () => {
	const world = new World();
	world.answer = unanswered;
	world.schedule.update([a]);
	await world.clock.pass(20);
	world.schedule.update([]);
	await world.clock.pass(600);
	expect(world.begun).toHaveLength(1);
	expect(world.begun[0]?.signal.aborted).toBe(true);
	expect(world.recorded).toEqual([]);
});

test('stop ends what is under way', async () => {
	const world = new World();
	world.answer = unanswered;
	world.schedule.update([a, b]);
	await world.clock.pass(20);
	await world.schedule.stop();
	expect(world.begun.map(({ signal }) => signal.aborted)).toEqual([true, true]);
	await world.clock.pass(600);
	expect(world.begun).toHaveLength(2);
});

test('stop does not wait longer than 5 s for an attempt that hangs', async () => {
	const world = new World();
	world.answer = () => new Promise(() => undefined);
	world.schedule.update([a]);
	await world.clock.pass(20);
	let stopped = false;
	void world.schedule.stop().then(() => (stopped = true));
	await world.clock.pass(5);
	expect(stopped).toBe(true);
});

test('a jump of the wall clock moves no attempt', async () => {
	const [left, jumped] = [new World(), new World()];
	for (const world of [left, jumped]) world.schedule.update([a, b]);
	for (const hours of [0, 5, -7, 10_000]) {
		jumped.clock.setWall(jumped.clock.wall() + hours * 3_600_000);
		for (const world of [left, jumped]) await world.clock.pass(100);
	}
	expect(jumped.begun.map(({ at }) => at)).toEqual(left.begun.map(({ at }) => at));
	expect(jumped.lags).toEqual(left.lags);
});

test('a beginning that comes late shows as lag', async () => {
	const world = new World();
	world.schedule.update([a]);
	await world.clock.pass(120);
	expect(Math.max(...world.lags)).toBeLessThan(0.001);
	await world.clock.standStill(60);
	const late = world.lags.at(-1) ?? 0;
	expect(late).toBeGreaterThan(0.001);
	expect(late).toBeLessThanOrEqual(60);
});

test('moments that passed during a standstill are skipped, not made up for', async () => {
	const world = new World();
	world.schedule.update([a]);
	await world.clock.pass(120);
	const before = world.begun.length;
	await world.clock.standStill(3600);
	await world.clock.pass(60);
	expect(world.begun.length - before).toBeLessThanOrEqual(2);
});

test('after a standstill targets begin spread out, not together', async () => {
	const world = new World();
	world.schedule.update(Array.from({ length: 100 }, (_, at) => targetOf(`r${at}.example`)));
	await world.clock.pass(120);
	const before = world.begun.length;
	await world.clock.standStill(600);
	expect(world.begun.length - before).toBeLessThan(10);
	await world.clock.pass(60);
	expect(new Set(world.begun.slice(before).map(({ id }) => id)).size).toBe(100);
});

test('an attempt during which the agent stood still is repeated, not recorded', async () => {
	const world = new World();
	world.stoodStill = 2500;
	world.schedule.update([a]);
	await world.clock.pass(10);
	expect(world.recorded).toEqual([]);
	expect(world.repeated.length).toBeGreaterThan(0);
	expect(world.lags.at(-1)).toBe(2.5);
	world.stoodStill = 0;
	await world.clock.pass(15);
	expect(world.recorded).toHaveLength(1);
});

test('an agent that always stands still does not probe without end', async () => {
	const world = new World();
	world.stoodStill = 2500;
	world.schedule.update([targetOf('a.example', { interval: 3600 })]);
	await world.clock.pass(1800);
	expect(world.begun.length).toBeLessThanOrEqual(8);
	expect(world.recorded).toEqual([]);
});

test('an attempt that cannot be made is told and does not end the rounds', async () => {
	const world = new World();
	world.answer = () => Promise.reject(new Error('no'));
	world.schedule.update([a]);
	await world.clock.pass(20);
	expect(world.failed).toEqual([a.id]);
	world.answer = async (target) => observationOf(target);
	await world.clock.pass(60);
	expect(world.recorded).toHaveLength(1);
});
