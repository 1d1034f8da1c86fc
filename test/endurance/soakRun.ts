import { setTimeout as sleep } from 'node:timers/promises';
import { AgentProcess } from '../commands/agent.ts';
import { mendAll } from '../demo/fault.ts';
import { type Holding, holdingOf } from './procfs.ts';
import { type SoakWorld, startSoakWorld, steady } from './soakWorld.ts';

/** What was seen at one moment of a run. */
export interface Sample extends Holding {
	/** Since the run began. */
	readonly seconds: number;
	/** Attempts, and those of them that failed, of all registries together. */
	readonly attempts: number;
	readonly failures: number;
	/** Attempts on the registry that never fails, and whether the last one succeeded. */
	readonly steadyAttempts: number;
	readonly steadyWorks: boolean;
	readonly series: number;
}

/** A whole run. */
export interface Soaked {
	readonly samples: readonly Sample[];
	/** What the agent holds while nothing is broken, before and after the faults. */
	readonly rest: readonly [before: Holding, after: Holding];
	/** Lines of the log that no fault of the world accounts for. */
	readonly complaints: readonly string[];
	/** Faults that were switched on or off, and misbehaviours begun. */
	readonly changes: number;
	readonly exitCode: number | null;
}

/** Milliseconds between two changes of the world. */
const unrest = 3000;
/** Milliseconds after which every attempt on what was broken has ended. */
const settling = 20_000;

/** Runs an agent for so many seconds in a world whose faults come and go every few seconds. `onSample` follows it. */
export async function soak(seconds: number, onSample: (sample: Sample) => void): Promise<Soaked> {
	await using world = await startSoakWorld();
	await world.leave();
	await using agent = new AgentProcess(world.configuration(3));
	await agent.told('path works', 3);
	await sleep(settling);
	const before = holdingOf(agent.pid);
	const samples: Sample[] = [];
	const began = performance.now();
	const passed = () => (performance.now() - began) / 1000;
	const over = new AbortController();
	const changing = disturb(world, agent, over.signal);
	while (passed() < seconds) {
		await sleep(Math.min(10_000, (seconds * 1000) / 60));
		const sample = await sampleOf(agent, passed());
		samples.push(sample);
		onSample(sample);
	}
	over.abort();
	const changes = await changing;
	await mendAll(world.faults);
	await world.leave();
	await sleep(settling);
	const after = holdingOf(agent.pid);
	agent.signal('SIGTERM');
	const exitCode = await agent.ended();
	return { samples, rest: [before, after], complaints: complaintsOf(agent), changes, exitCode };
}

/** Breaks and mends one thing after the other, and reloads the configuration now and then. Gives how often. */
async function disturb(world: SoakWorld, agent: AgentProcess, signal: AbortSignal): Promise<number> {
	let changes = 0;
	while (!signal.aborted) {
		// A prime step visits the faults in ever new combinations.
		const fault = world.faults[(changes * 3) % world.faults.length];
		await fault?.set(!fault.on);
		await world.misbehave();
		changes += 1;
		if (changes % 20 === 0) agent.configure(world.configuration(changes % 40 === 0 ? 3 : 2));
		await sleep(unrest, undefined, { signal }).catch(() => undefined);
	}
	return changes;
}

async function sampleOf(agent: AgentProcess, seconds: number): Promise<Sample> {
	const { body } = await agent.get('/metrics');
	await agent.get('/');
	await agent.get('/api/v1/observations');
	const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
	const sum = (name: string, label = '') =>
		lines
			.filter((line) => line.startsWith(`registry_probe_${name}{`) && line.includes(label))
			.reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
	const label = `registry="${steady}"`;
	return {
		...holdingOf(agent.pid),
		seconds,
		attempts: sum('attempts_total'),
		failures: sum('failures_total'),
		steadyAttempts: sum('attempts_total', label),
		steadyWorks: sum('success', label) === 1,
		series: lines.length,
	};
}

const expected = new Set(['path fails', 'pulls fail', 'pause begins', 'pause ends']);

function complaintsOf(agent: AgentProcess): string[] {
	const odd = agent.lines().filter(({ level, message, reason }) => {
		const known = level === 'info' || expected.has(String(message));
		return !known || reason === 'unknown' || reason === 'cancelled';
	});
	return odd.map((line) => JSON.stringify(line));
}
