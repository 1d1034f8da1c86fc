import type { Target } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import { wellKnownPublic } from '../../src/registry/hosts.ts';
import type { Clock } from '../../src/schedule/clock.ts';
import { openPauseFile } from '../../src/schedule/pauseFile.ts';
import type { Hold } from '../../src/schedule/rounds.ts';
import { createSchedule } from '../../src/schedule/schedule.ts';
import type { FleetClock } from './fleetClock.ts';

export interface FleetOptions {
	readonly clock: FleetClock;
	readonly nodes: number;
	readonly target: Target;
	/** What an attempt sends and finds. */
	readonly attempt: (hold: Hold) => Observation;
	/** Seconds between the first start and the last. */
	readonly startsWithin: number;
	/** Seconds after which every process is killed and started again. */
	readonly restartsAfter?: number;
}

/** Agents on many nodes: each with the real schedule, on one clock. */
export interface Fleet {
	/** Attempts that were made. */
	readonly attempts: () => number;
	/** The processes live on from now. */
	settle(): void;
}

const awake = { stoodStillSince: () => 0, quiet: () => 0, stop: () => undefined };

/** Starts the agents, evenly over the time that they start within. */
export function startFleet(options: FleetOptions): Fleet {
	const { clock, nodes, startsWithin } = options;
	let attempts = 0;
	let restarts = options.restartsAfter;
	const start = (node: string) => {
		let alive = true;
		run(
			node,
			clock.machine(() => alive),
			options,
			() => (attempts += 1),
		);
		if (restarts === undefined) return;
		clock.after(restarts * 1000, () => {
			if (restarts === undefined) return;
			alive = false;
			start(node);
		});
	};
	for (let node = 0; node < nodes; node += 1) {
		clock.after((node / nodes) * startsWithin * 1000, () => start(`node-${node}`));
	}
	return { attempts: () => attempts, settle: () => (restarts = undefined) };
}

/** One agent, from its start to its end. */
function run(node: string, clock: Clock, { target, attempt }: FleetOptions, onAttempt: () => void): void {
	const schedule = createSchedule({
		node,
		clock,
		loop: awake,
		lag: { during: async (work) => ({ result: await work(), lag: 0 }) },
		pauses: openPauseFile(undefined, clock, () => undefined),
		gentle: ({ endpoint }) => wellKnownPublic.has(endpoint.hostname),
		fingerprint: async () => 'none',
		probe: async (_target, { hold = {} }) => {
			onAttempt();
			return attempt(hold);
		},
		record: () => undefined,
		onRepeat: () => undefined,
		onDrop: () => undefined,
		onError: (_target, error) => {
			throw error;
		},
		setPauses: () => undefined,
		onLag: () => undefined,
	});
	schedule.update([target]);
}
