import type { StageRecord } from '../probe/observation.ts';
import { dialSeconds } from './manner.ts';

interface Fact {
	readonly address: string;
	readonly family: string;
	readonly state: string;
	readonly reason?: string;
}

/** Go's dialer gives no address less. */
const leastSeconds = 2;
/** Seconds after which Go's dialer begins with the other family. */
const fallbackSeconds = 0.3;

/**
 * Seconds that one connection loses to addresses that drop packets before one answers, as Go's dialer divides its time:
 * each address of the first family gets an equal share of what is left; the other family is begun 300 ms later, or as
 * soon as the first has failed (https://go.dev/src/net/dial.go).
 */
export function addressSeconds({ facts }: StageRecord): number {
	const found = facts?.['addresses'];
	const addresses: readonly Fact[] = Array.isArray(found) ? (found as readonly Fact[]) : [];
	const first = addresses[0]?.family;
	const own = dialled(addresses.filter(({ family }) => family === first));
	const other = dialled(addresses.filter(({ family }) => family !== first));
	const soonest = Math.min(own.answered, other.answered + Math.min(own.ended, fallbackSeconds));
	return Number.isFinite(soonest) ? soonest : 0;
}

/** Seconds until one of a family answers, infinite where none does, and until it is known whether one does. */
function dialled(addresses: readonly Fact[]): { readonly answered: number; readonly ended: number } {
	let spent = 0;
	for (const [at, { state, reason }] of addresses.entries()) {
		if (state === 'reachable') return { answered: spent, ended: spent };
		const share = Math.max(leastSeconds, (dialSeconds - spent) / (addresses.length - at));
		if (reason === 'tcp_timeout') spent += share;
	}
	return { answered: Number.POSITIVE_INFINITY, ended: spent };
}
