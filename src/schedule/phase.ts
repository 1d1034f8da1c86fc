import { createHash } from 'node:crypto';

/** A first attempt comes at the latest so long after a start, in seconds. */
const startSpread = 15;
/** The same for public registries, which meet the starts of many agents at once. */
const gentleStartSpread = 120;

/** Where a target stands within every period, 0 to 1: the same after each start, another on each node. */
export function shareOf(node: string, targetId: string): number {
	return createHash('sha256').update(`${node}\0${targetId}`).digest().readUInt32BE(0) / 2 ** 32;
}

/** Milliseconds from a start to the first attempt. `interval` is in seconds. */
export function firstDelay(share: number, interval: number, gentle: boolean): number {
	return share * Math.min(interval, gentle ? gentleStartSpread : startSpread) * 1000;
}

/**
 * The moment after `last` at which the next attempt is due; all in milliseconds. The moments to reach are
 * `share` of a period after each multiple of `period`. One that is closer than half a period, as after the first
 * attempt of a start, is approached in two equal steps: two attempts are never further apart than a period, nor closer than half.
 */
export function nextDue(last: number, period: number, share: number): number {
	const offset = share * period;
	const ahead = period - modulo(last - offset, period);
	// A timer that fires a fraction early does not make its own moment due again.
	const gap = ahead < 1 ? ahead + period : ahead;
	return last + (gap < period / 2 ? (period + gap) / 2 : gap);
}

function modulo(value: number, divisor: number): number {
	return ((value % divisor) + divisor) % divisor;
}
