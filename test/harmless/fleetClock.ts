import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../src/schedule/clock.ts';

interface Timer {
	readonly at: number;
	readonly run: () => void;
	/** Nobody waits for it any more. */
	isOver: () => boolean;
}

/** The clock of many machines: one time that passes for all, turned by hand; as fast with a thousand as with one. */
export class FleetClock {
	#now = 0;
	/** A heap: each timer is due no later than the two below it. */
	readonly #heap: Timer[] = [];

	/** Seconds since the beginning. */
	get seconds(): number {
		return this.#now / 1000;
	}

	/** The clock of a machine that starts now; `running` tells whether its process still lives. */
	machine(running: () => boolean): Clock {
		const started = this.#now;
		return {
			monotonic: () => this.#now - started,
			wall: () => Date.UTC(2026, 0, 1) + this.#now,
			after: (milliseconds, run) => this.after(milliseconds, run, () => !running()),
		};
	}

	/** Calls `run` once; the function that it gives takes the call back. */
	after(milliseconds: number, run: () => void, isOver = () => false): () => void {
		const timer = { at: this.#now + Math.max(0, milliseconds), run, isOver };
		this.#push(timer);
		return () => {
			timer.isOver = () => true;
		};
	}

	/** Lets time pass, each timer at its moment. */
	async pass(seconds: number): Promise<void> {
		const end = this.#now + seconds * 1000;
		for (let next = this.#heap[0]; next !== undefined && next.at <= end; next = this.#heap[0]) {
			this.#pop();
			if (next.isOver()) continue;
			this.#now = Math.max(this.#now, next.at);
			next.run();
			// What follows from it happens before the next moment.
			await nextTurn();
		}
		this.#now = end;
	}

	#push(timer: Timer): void {
		const heap = this.#heap;
		let at = heap.push(timer) - 1;
		while (at > 0) {
			const above = (at - 1) >> 1;
			const other = heap[above];
			if (!other || other.at <= timer.at) break;
			heap[at] = other;
			heap[above] = timer;
			at = above;
		}
	}

	#pop(): void {
		const heap = this.#heap;
		const last = heap.pop();
		if (!last || heap.length === 0) return;
		let at = 0;
		for (;;) {
			const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
			const less = right && left && right.at < left.at ? 2 * at + 2 : 2 * at + 1;
			const below = heap[less];
			if (!below || below.at >= last.at) break;
			heap[at] = below;
			at = less;
		}
		heap[at] = last;
	}
}
