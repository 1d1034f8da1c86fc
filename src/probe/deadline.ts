import { performance } from 'node:perf_hooks';

/** Seconds since an arbitrary start; wall-clock jumps do not touch it. */
export const seconds = (): number => performance.now() / 1000;

/**
 * The time that a stage may still spend. It stands still while the stage waits for a connection that it asked for,
 * because that has stages and deadlines of its own.
 */
export class Deadline {
	readonly #started = seconds();
	readonly #limit: number;
	readonly #outer: Deadline | undefined;
	#excluded = 0;

	/** `limit` in seconds; `outer` ends this one too. */
	constructor(limit: number, outer?: Deadline) {
		this.#limit = limit;
		this.#outer = outer;
	}

	/** Own time spent so far, in seconds. */
	spent(): number {
		return seconds() - this.#started - this.#excluded;
	}

	/** Seconds left, never below 0. */
	remaining(): number {
		const own = Math.max(0, this.#limit - this.spent());
		return this.#outer ? Math.min(own, this.#outer.remaining()) : own;
	}

	/** Waits for something that is not this stage's own time. */
	async exclude<T>(other: () => Promise<T>): Promise<T> {
		const from = seconds();
		try {
			return await other();
		} finally {
			this.#excluded += seconds() - from;
		}
	}
}

/** `work`, or the error of `late` when it takes longer than `limit` seconds. The work itself is not stopped. */
export async function within<T>(work: Promise<T>, limit: number, late: () => Error): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const alarm = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(late()), limit * 1000);
	});
	try {
		return await Promise.race([work, alarm]);
	} finally {
		clearTimeout(timer);
	}
}

/** Why something that was waited for is not any more. One for all: each `abort()` without a reason makes an error with its stack. */
export const notNeeded = new Error('no longer needed');

/** A moment that is waited for beside something else. */
export interface Alarm {
	/** Resolves when the time is up or the alarm was put off. */
	readonly over: Promise<void>;
	putOff(): void;
}

/** Rings after `limit` seconds. A timer and a promise: a signal for each such wait was a twentieth of an attempt's CPU time. */
export function alarm(limit: number): Alarm {
	const { promise, resolve } = Promise.withResolvers<void>();
	const timer = setTimeout(resolve, limit * 1000);
	return {
		over: promise,
		putOff() {
			clearTimeout(timer);
			resolve();
		},
	};
}

/** Waits `limit` seconds, or until `signal` ends. */
export async function pause(limit: number, signal?: AbortSignal): Promise<void> {
	await new Promise<void>((resolve) => {
		const timer = setTimeout(done, limit * 1000);
		function done() {
			clearTimeout(timer);
			signal?.removeEventListener('abort', done);
			resolve();
		}
		signal?.addEventListener('abort', done, { once: true });
		if (signal?.aborted) done();
	});
}
