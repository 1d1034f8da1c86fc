import type { Target } from '../plan/target.ts';
import type { Observation } from '../probe/observation.ts';
import type { AttemptOptions } from '../probe/probe.ts';
import { untimed } from '../probe/untimed.ts';
import type { Clock } from './clock.ts';
import type { LagMeter } from './lagMeter.ts';
import type { LoopClock } from './loopClock.ts';
import type { PauseFile } from './pauseFile.ts';
import { causesOf, type Made, notBefore, type PauseCause, pausesAfter, restsAfter } from './pauses.ts';
import { firstDelay, nextDue, shareOf } from './phase.ts';

/** What is held back of an attempt because of a pause. */
export type Hold = NonNullable<AttemptOptions['hold']>;

/** What the rounds of all targets share. */
export interface RoundsOptions {
	/** The node's name: another node has other phases. */
	readonly node: string;
	readonly clock: Clock;
	readonly loop: LoopClock;
	readonly lag: LagMeter;
	readonly pauses: PauseFile;
	/** One attempt. Ends soon after the signal. */
	readonly probe: (target: Target, options: AttemptOptions) => Promise<Observation>;
	/** Takes what an attempt found. */
	readonly record: (target: Target, observation: Observation, hold: Hold) => void;
	/** Told of an attempt that is not recorded but made again; its requests were sent all the same. */
	readonly onRepeat: (target: Target, observation: Observation, cause: 'stall' | 'lag') => void;
	/** Told of an attempt that is not recorded because its target changed meanwhile; its requests were sent all the same. */
	readonly onDrop: (target: Target, observation: Observation) => void;
	/** Told of an attempt that could not be made at all, which is a bug of ours; the rounds go on. */
	readonly onError: (target: Target, error: unknown) => void;
	readonly setPauses: (target: Target, causes: readonly PauseCause[]) => void;
	/** Told at each beginning how many seconds it came late, and of an attempt to repeat how long the agent was held up. */
	readonly onLag: (seconds: number) => void;
	/** Tells one login of a target from another; never rejects. */
	readonly fingerprint: (target: Target) => Promise<string>;
	/** Whether the target is a public registry that many agents start on together. */
	readonly gentle: (target: Target) => boolean;
}

/** An attempt that begins later than this, in milliseconds, was held up by a standstill of the agent. */
const late = 1000;
/** An attempt during which the agent was held up for longer than this, in milliseconds, has no durations worth telling. */
const longestLag = 50;
/** An attempt that lagged is made again within so many milliseconds: what is wrong with the path shows in time all the same. */
const again = 500;
/** For how long the agent was held up during an attempt. */
interface HeldUp {
	readonly cause: 'stall' | 'lag';
	readonly milliseconds: number;
}

/** How often one round is made again because the agent was held up before the next period is awaited. */
const mostRepeats = 3;

/** The attempts on one target, one after the other, each at its moment. */
export class Rounds {
	readonly #options: RoundsOptions;
	readonly #share: number;
	#target: Target;
	#due = 0;
	#cancel = () => {};
	#attempt: { readonly stop: AbortController; readonly over: Promise<void> } | undefined;
	#postponed = false;
	#repeats = 0;
	/** The present attempt repeats one that lagged. */
	#lagged = false;
	#ended = false;

	constructor(target: Target, options: RoundsOptions) {
		this.#options = options;
		this.#target = target;
		this.#share = shareOf(options.node, target.id);
		const pauses = options.pauses.get(target.id);
		options.setPauses(target, causesOf(pauses));
		this.#startAfter(Math.max(options.clock.monotonic(), notBefore(pauses)));
	}

	/** Goes on with other settings. What an attempt under way finds with the old ones is not recorded; a new one follows at once. */
	change(target: Target): void {
		const sameInterval = target.interval === this.#target.interval;
		this.#target = target;
		if (this.#attempt) this.#attempt.stop.abort();
		else if (!sameInterval) this.#nextAfter(this.#options.clock.monotonic());
	}

	/** Ends for good; resolves when an attempt under way is over. */
	async end(): Promise<void> {
		this.#ended = true;
		this.#cancel();
		this.#attempt?.stop.abort();
		await this.#attempt?.over;
	}

	#wake(): void {
		const now = this.#options.clock.monotonic();
		if (now < this.#due - 1) return this.#wait(this.#due);
		this.#options.onLag((now - this.#due) / 1000);
		const earliest = notBefore(this.#options.pauses.get(this.#target.id));
		if (now < earliest) return this.#nextAfter(earliest);
		if (now - this.#due > late && !this.#postponed) {
			// All that fell due during a standstill would begin together: spread it as after a start.
			this.#postponed = true;
			return this.#startAfter(now);
		}
		this.#postponed = false;
		const stop = new AbortController();
		this.#attempt = { stop, over: this.#attend(now, stop.signal) };
	}

	async #attend(began: number, signal: AbortSignal): Promise<void> {
		const target = this.#target;
		try {
			await this.#round(target, began, signal);
		} catch (error) {
			this.#attempt = undefined;
			this.#options.onError(target, error);
			if (!this.#ended) this.#nextAfter(began);
		}
	}

	async #round(target: Target, began: number, signal: AbortSignal): Promise<void> {
		const made = await this.#prepare(target, began);
		const hold = {
			...(made.pauses.floor && { floor: true }),
			...(made.withoutLogin && { credentials: true }),
		};
		const { lag: meter, probe } = this.#options;
		const { result: observation, lag } = await meter.during(() => probe(target, { signal, hold }));
		this.#attempt = undefined;
		const still = this.#options.loop.stoodStillSince(began);
		const causes = this.#keepPauses(made, observation, target, still === 0);
		if (this.#ended) return;
		if (signal.aborted) {
			this.#options.onDrop(target, observation);
			return this.#wait(this.#options.clock.monotonic());
		}
		if (still > 0) return this.#repeat(began, target, observation, { cause: 'stall', milliseconds: still });
		const lagged = lag > longestLag;
		// What rests now cannot be asked again: its answer is told as it is.
		const repeatable = !this.#lagged && !restsAfter(made.pauses, causes);
		if (lagged && repeatable) return this.#repeat(began, target, observation, { cause: 'lag', milliseconds: lag });
		this.#repeats = 0;
		this.#lagged = false;
		this.#nextAfter(began);
		const told = lagged ? untimed(observation) : observation;
		// An attempt that finds the quota under its floor holds back what counts there and then.
		this.#options.record(target, told, { ...hold, ...(causes.includes('floor') && { floor: true }) });
	}

	async #prepare(target: Target, now: number): Promise<Made> {
		const pauses = this.#options.pauses.get(target.id);
		const fingerprint = target.credentials.source === 'anonymous' ? 'none' : await this.#options.fingerprint(target);
		const { credentials } = pauses;
		const withoutLogin = credentials?.fingerprint === fingerprint && now < credentials.until;
		return { pauses, withoutLogin, fingerprint };
	}

	/** Of an attempt that is never told, a rejected login is not kept: nobody would learn of it while it rests. */
	#keepPauses(made: Made, observation: Observation, target: Target, told: boolean): PauseCause[] {
		const { credentials, ...others } = pausesAfter(made, observation, target, this.#options.clock);
		const rejected = told ? credentials : made.pauses.credentials;
		const pauses = { ...others, ...(rejected && { credentials: rejected }) };
		this.#options.pauses.set(target.id, pauses);
		this.#options.setPauses(target, causesOf(pauses));
		return causesOf(pauses);
	}

	#repeat(began: number, target: Target, observation: Observation, { cause, milliseconds }: HeldUp): void {
		this.#options.onLag(milliseconds / 1000);
		this.#options.onRepeat(target, observation, cause);
		this.#lagged = cause === 'lag';
		const now = this.#options.clock.monotonic();
		if (cause === 'lag') return this.#wait(now + this.#share * again);
		this.#repeats += 1;
		if (this.#repeats <= mostRepeats) return this.#startAfter(now);
		this.#repeats = 0;
		this.#nextAfter(began);
	}

	#startAfter(moment: number): void {
		const { interval } = this.#target;
		this.#wait(moment + firstDelay(this.#share, interval, this.#options.gentle(this.#target)));
	}

	/** The moments that passed meanwhile are skipped, never made up for. */
	#nextAfter(moment: number): void {
		const period = this.#target.interval * 1000;
		const due = nextDue(moment, period, this.#share);
		const now = this.#options.clock.monotonic();
		this.#wait(due > now ? due : nextDue(now, period, this.#share));
	}

	#wait(due: number): void {
		const { clock } = this.#options;
		this.#due = due;
		this.#cancel();
		this.#cancel = clock.after(due - clock.monotonic(), () => this.#wake());
	}
}
