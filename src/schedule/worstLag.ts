import type { Clock } from './clock.ts';

/** Milliseconds for which a lag is remembered, at least. */
const memory = 60_000;

/**
 * Takes how late an attempt began and gives the worst such lag of the last one to two minutes, in seconds: the many
 * punctual beginnings after a standstill do not hide it before anybody has looked.
 */
export function createWorstLag(clock: Clock): (seconds: number) => number {
	let since = clock.monotonic();
	let [before, worst] = [0, 0];
	return (seconds) => {
		const age = clock.monotonic() - since;
		if (age > memory) {
			before = age > 2 * memory ? 0 : worst;
			worst = 0;
			since = clock.monotonic();
		}
		worst = Math.max(worst, seconds);
		return Math.max(before, worst);
	};
}
