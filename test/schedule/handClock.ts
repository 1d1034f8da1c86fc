import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../src/schedule/clock.ts';

interface Timer {
	readonly at: number;
	readonly run: () => void;
}

/** A clock that a test turns by hand, so that an hour of schedule passes in no time. */
export class HandClock implements Clock {
	#now = 0;
	#wall = Date.UTC(2026, 0, 1);
	readonly #timers = new Set<Timer>();

	monotonic(): number {
		return this.#now;
	}

	wall(): number {
		return this.#wall;
	}

	after(milliseconds: number, run: () => void): () => void {
		const timer = { at: this.#now + Math.max(milliseconds, 0), run };
		this.#timers.add(timer);
		return () => this.#timers.delete(timer);
	}

	/** Sets the wall clock, as a person or NTP would. */
	setWall(milliseconds: number): void {
		this.#wall = milliseconds;
	}

	/** Lets time pass, each timer at its moment. */
	async pass(seconds: number): Promise<void> {
		const end = this.#now + seconds * 1000;
		await nextTurn();
		for (let next = this.#earliest(end); next; next = this.#earliest(end)) {
			this.#step(next.at);
			this.#fire(next);
			await nextTurn();
		}
		this.#step(end);
		await nextTurn();
	}

	/** Lets time pass while nothing runs; what fell due meanwhile comes late, all at once. */
	async standStill(seconds: number): Promise<void> {
		this.#step(this.#now + seconds * 1000);
		const due = [...this.#timers].filter(({ at }) => at <= this.#now);
		for (const timer of due) this.#fire(timer);
		await nextTurn();
	}

	#earliest(end: number): Timer | undefined {
		return [...this.#timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
	}

	#step(to: number): void {
		this.#wall += Math.max(0, to - this.#now);
		this.#now = Math.max(this.#now, to);
	}

	#fire(timer: Timer): void {
		this.#timers.delete(timer);
		timer.run();
	}
}
