import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createGate } from '../../src/schedule/gate.ts';
import { createLoopClock } from '../../src/schedule/loopClock.ts';
import { systemClock } from '../../src/schedule/clock.ts';
import { openPauseFile } from '../../src/schedule/pauseFile.ts';
import { createSchedule } from '../../src/schedule/schedule.ts';
import { observationOf, targetOf } from './world.ts';

function busy(milliseconds: number): void {
	const end = performance.now() + milliseconds;
	while (performance.now() < end);
}

/** Counts turns of the event loop while `work` goes on. */
async function turnsOf(work: (turn: () => number) => Promise<unknown>): Promise<void> {
	let [turn, over] = [0, false];
	const count = async () => {
		while (!over) {
			await nextTurn();
			turn += 1;
		}
	};
	const counting = count();
	await work(() => turn);
	over = true;
	await counting;
}

test('the gate gives what began, at once', async () => {
	expect(await createGate(4)(() => 7)).toBe(7);
});

test('an error of a beginning reaches its caller and nobody else', async () => {
	const gate = createGate(1);
	const failing = gate(() => {
		throw new RangeError('no');
	});
	await expect(failing).rejects.toBeInstanceOf(RangeError);
	expect(await gate(() => 'next')).toBe('next');
});

test('the gate is not held while what began waits', async () => {
	const gate = createGate(1);
	void gate(() => new Promise(() => undefined));
	expect(await gate(() => 'next')).toBe('next');
});

test('no more than the given number begin in one turn', async () => {
	const gate = createGate(4);
	const begun: number[] = [];
	await turnsOf((turn) => Promise.all(Array.from({ length: 40 }, () => gate(() => begun.push(turn())))));
	const most = Math.max(...begun.map((at) => begun.filter((other) => other === at).length));
	expect(begun).toHaveLength(40);
	expect(most).toBeLessThanOrEqual(4);
});

test('after a heavy beginning none begins in the same turn', async () => {
	const gate = createGate(4);
	const begun: number[] = [];
	const heavy = () => {
		busy(1);
		return 0;
	};
	await turnsOf((turn) => {
		const note = () => begun.push(turn()) + heavy();
		return Promise.all(Array.from({ length: 20 }, () => gate(note)));
	});
	expect(new Set(begun).size).toBe(20);
});

/** Connects and sends, as a probe would begin; resolves with the first answer or when it is cancelled. */
function ask(port: number, gate: ReturnType<typeof createGate>, signal: AbortSignal): Promise<void> {
	const answer = Promise.withResolvers<void>();
	signal.addEventListener('abort', () => answer.resolve(), { once: true });
	const begin = (): Socket => {
		const socket = connect(port, '127.0.0.1', () => socket.write('hello'));
		socket.on('data', () => answer.resolve()).on('error', () => answer.resolve());
		return socket;
	};
	return gate(begin).then(async (socket) => {
		await answer.promise;
		socket.destroy();
	});
}

test('two hundred targets that never answer delay another by less than a second', async () => {
	const silent = createServer(() => undefined).listen(0, '127.0.0.1');
	const healthy = createServer((socket) => socket.on('data', () => socket.end('hi')).on('error', () => undefined));
	healthy.listen(0, '127.0.0.1');
	await Promise.all([once(silent, 'listening'), once(healthy, 'listening')]);
	const gate = createGate(4);
	const loop = createLoopClock(systemClock);
	const [lags, seconds]: [number[], number[]] = [[], []];
	const schedule = createSchedule({
		node: 'node-1',
		loop,
		pauses: openPauseFile(undefined, systemClock, () => undefined),
		probe: async (target, { signal }) => {
			const began = performance.now();
			const { port } = (target.registry === 'healthy.example' ? healthy : silent).address() as AddressInfo;
			await ask(port, gate, signal);
			return observationOf(target, { seconds: (performance.now() - began) / 1000 });
		},
		record: (target, { seconds: spent }) => target.registry === 'healthy.example' && seconds.push(spent),
		onRepeat: () => undefined,
		onDrop: () => undefined,
		onError: () => undefined,
		setPauses: () => undefined,
		onLag: (lag) => lags.push(lag),
		fingerprint: async () => 'none',
		gentle: () => false,
	});
	const dead = Array.from({ length: 200 }, (_, at) => targetOf(`dead${at}.example`, { interval: 1 }));
	schedule.update([...dead, targetOf('healthy.example', { interval: 1 })]);
	await new Promise((resolve) => setTimeout(resolve, 4000));
	const before = performance.now();
	await schedule.stop();
	expect(performance.now() - before).toBeLessThan(4000);
	expect(seconds.length).toBeGreaterThanOrEqual(3);
	expect(Math.max(...seconds)).toBeLessThan(1);
	expect(Math.max(...lags)).toBeLessThan(1);
	loop.stop();
	silent.close();
	healthy.close();
});
