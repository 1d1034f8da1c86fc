import type { Clock } from './clock.ts';

/** Milliseconds between two signs of life. */
const beat = 250;
/** Milliseconds without a sign of life after which the loop counts as having stood still. */
const standstill = 1000;

/** Tells whether this process itself stood still: then what it measured meanwhile says nothing about a target. */
export interface LoopClock {
	/** How long the event loop last stood still since `moment` (monotonic); 0 when never for more than a second. All in milliseconds. */
	stoodStillSince(moment: number): number;
	/** Milliseconds since the last sign of life. */
	quiet(): number;
	stop(): void;
}

/** A beat on the event loop that remembers when it last failed to come. */
export function createLoopClock(clock: Clock): LoopClock {
	let last = clock.monotonic();
	let gap = { from: -Infinity, to: -Infinity };
	const note = () => {
		const now = clock.monotonic();
		if (now - last > standstill) gap = { from: last, to: now };
		last = now;
	};
	const timer = setInterval(note, beat).unref();
	return {
		stoodStillSince(moment) {
			note();
			const still = gap.to - Math.max(gap.from, moment);
			return still > standstill ? still : 0;
		},
		quiet: () => clock.monotonic() - last,
		stop: () => clearInterval(timer),
	};
}
