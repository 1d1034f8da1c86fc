import { expect, test } from 'vitest';
import type { Target } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import { observationOf, targetOf, World } from './world.ts';

const target = targetOf('a.example');
const withLogin = targetOf('a.example', { credentials: { source: 'file', file: '/login' } });

function ask(world: World, asks: Observation['asks'], changed: Partial<Observation> = {}): void {
	world.answer = async (asked) => observationOf(asked, { asks, ...changed });
}

async function started(probed: Target, before: (world: World) => void): Promise<World> {
	const world = new World();
	before(world);
	world.schedule.update([probed]);
	await world.clock.pass(15);
	return world;
}

test('nothing is sent before the time that Retry-After names', async () => {
	const world = await started(target, (it) => ask(it, { notBefore: it.clock.wall() + 600_000 }, { success: false }));
	expect(world.pauses.get(target.id)).toEqual(['retry_after']);
	ask(world, {});
	await world.clock.pass(580);
	expect(world.begun).toHaveLength(1);
	await world.clock.pass(70);
	expect(world.begun).toHaveLength(2);
	expect(world.pauses.get(target.id)).toEqual([]);
});

test('Retry-After is obeyed for an hour at most', async () => {
	const world = await started(target, (it) => ask(it, { notBefore: it.clock.wall() + 1e9 }));
	ask(world, {});
	await world.clock.pass(3570);
	expect(world.begun).toHaveLength(1);
	await world.clock.pass(120);
	expect(world.begun.length).toBeGreaterThan(1);
});

test('a wall clock set back does not make a pause longer', async () => {
	const world = await started(target, (it) => ask(it, { notBefore: it.clock.wall() + 60_000 }));
	ask(world, {});
	world.clock.setWall(0);
	await world.clock.pass(125);
	expect(world.begun.length).toBeGreaterThan(1);
});

test('below the floor attempts go on and hold back what counts', async () => {
	const world = await started(target, (it) => ask(it, { quotaLeft: 0.05 }));
	expect(world.pauses.get(target.id)).toEqual(['floor']);
	await world.clock.pass(120);
	expect(world.begun.length).toBeGreaterThan(2);
	expect(world.begun.slice(1).every(({ hold }) => hold.floor)).toBe(true);
	expect(world.begun[0]?.hold).toEqual({});
});

test('the attempt that meets the floor is recorded as one that held back, so that a layer keeps its last result', async () => {
	const world = await started(target, (it) => ask(it, { quotaLeft: 0.05 }));
	expect(world.holds).toEqual([{ floor: true }]);
});

test('the floor holds until the quota rises', async () => {
	const world = await started(target, (it) => ask(it, { quotaLeft: 0.05 }));
	ask(world, { quotaLeft: 0.5 });
	await world.clock.pass(120);
	expect(world.begun.at(-1)?.hold).toEqual({});
	expect(world.pauses.get(target.id)).toEqual([]);
});

test('a failed attempt that saw no quota does not lift the floor', async () => {
	const world = await started(target, (it) => ask(it, { quotaLeft: 0.05 }));
	ask(world, {}, { success: false });
	await world.clock.pass(120);
	expect(world.pauses.get(target.id)).toEqual(['floor']);
});

test('a whole attempt that is told no quota lifts the floor', async () => {
	const world = await started(target, (it) => ask(it, { quotaLeft: 0.05 }));
	ask(world, {});
	await world.clock.pass(120);
	expect(world.pauses.get(target.id)).toEqual([]);
});

test('an attempt whose login is held back says nothing of the quota', async () => {
	const world = await started(withLogin, (it) => ask(it, { quotaLeft: 0.05, loginRejected: true }, { success: false }));
	ask(world, {});
	await world.clock.pass(120);
	expect(world.begun.at(-1)?.hold).toEqual({ floor: true, credentials: true });
	expect(world.pauses.get(target.id)).toEqual(['floor', 'credentials']);
});

test('a rejected login rests 10 min, then 1 h, then 6 h each time; the rest of the path is still walked', async () => {
	const world = await started(withLogin, (it) => ask(it, { loginRejected: true }, { success: false }));
	world.answer = async (asked, { hold }) =>
		observationOf(asked, { success: false, asks: { loginRejected: !hold?.credentials } });
	await world.clock.pass(20 * 3600);
	expect(world.pauses.get(target.id)).toEqual(['credentials']);
	const tried = world.begun.filter(({ hold }) => !hold.credentials).map(({ at }) => at / 60);
	const rests = tried.slice(1).map((at, index) => at - (tried[index] ?? 0));
	expect(rests.map((rest) => Math.round(rest / 10) * 10)).toEqual([10, 60, 360, 360, 360]);
	expect(world.begun.length).toBeGreaterThan(1000);
});

test('a login that changed is tried at once', async () => {
	const world = await started(withLogin, (it) => ask(it, { loginRejected: true }));
	ask(world, {}, { records: [{ role: 'registry', stage: 'manifest', peer: 'a.example', outcome: 'success' }] });
	await world.clock.pass(60);
	expect(world.begun.at(-1)?.hold).toEqual({ credentials: true });
	world.fingerprint = 'second';
	await world.clock.pass(60);
	expect(world.begun.at(-1)?.hold).toEqual({});
	expect(world.pauses.get(target.id)).toEqual([]);
});

test('a login counts as accepted only when the attempt came as far as the manifest', async () => {
	const world = await started(withLogin, (it) => ask(it, { loginRejected: true }));
	ask(world, {}, { records: [], success: false });
	await world.clock.pass(900);
	expect(world.pauses.get(target.id)).toEqual(['credentials']);
});
