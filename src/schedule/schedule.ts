import { isDeepStrictEqual } from 'node:util';
import type { Target } from '../plan/target.ts';
import { type Clock, systemClock } from './clock.ts';
import { createLagMeter, type LagMeter } from './lagMeter.ts';
import { Rounds, type RoundsOptions } from './rounds.ts';
import { createWorstLag } from './worstLag.ts';

/** `onLag` gets the worst lag of the last minute or two, in seconds. */
export type ScheduleOptions = Omit<RoundsOptions, 'clock' | 'lag'> & {
	readonly clock?: Clock;
	readonly lag?: LagMeter;
};

export interface Schedule {
	/**
	 * Probes these targets from now on. A target that stays as it is goes on untouched, one whose settings changed
	 * keeps its phase and its pauses, one that is gone ends at once and its attempt under way is not recorded.
	 */
	update(targets: readonly Target[]): void;
	/** Begins nothing more and aborts what is under way; resolves when all is over and the pauses are written. */
	stop(): Promise<void>;
}

/** Milliseconds after which `stop` waits no longer. */
const longestStop = 4000;

/**
 * Decides when each target is probed: at its phase within its interval, never twice at a time, and held back by what
 * registries ask for. Nothing here is random: the same node and plan give the same moments after each start.
 */
export function createSchedule(options: ScheduleOptions): Schedule {
	const clock = options.clock ?? systemClock;
	const worst = createWorstLag(clock);
	const lag = options.lag ?? createLagMeter(systemClock);
	const shared = { ...options, clock, lag, onLag: (seconds: number) => options.onLag(worst(seconds)) };
	const running = new Map<string, { target: Target; rounds: Rounds }>();
	const ending = new Set<Promise<void>>();

	const end = (id: string, rounds: Rounds) => {
		running.delete(id);
		const over = rounds.end().finally(() => ending.delete(over));
		ending.add(over);
	};
	const keep = (target: Target) => {
		const known = running.get(target.id);
		if (!known) running.set(target.id, { target, rounds: new Rounds(target, shared) });
		else if (!isDeepStrictEqual(known.target, target)) {
			known.target = target;
			known.rounds.change(target);
		}
	};
	return {
		update(targets) {
			const planned = new Set(targets.map(({ id }) => id));
			for (const [id, { rounds }] of running) if (!planned.has(id)) end(id, rounds);
			for (const target of targets) keep(target);
		},
		async stop() {
			for (const [id, { rounds }] of running) end(id, rounds);
			const patience = Promise.withResolvers<void>();
			const cancel = clock.after(longestStop, patience.resolve);
			await Promise.race([Promise.all(ending).then(() => options.pauses.flush()), patience.promise]);
			cancel();
		},
	};
}
