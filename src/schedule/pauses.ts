import type { Target } from '../plan/target.ts';
import type { Observation } from '../probe/observation.ts';
import type { Clock } from './clock.ts';

/** Why something is not sent, the label `cause` of `probe_paused`. */
export type PauseCause = 'floor' | 'retry_after' | 'credentials';

/** What holds a target back. Plain data; times are milliseconds on the monotonic clock, in the state file since the epoch. */
export interface Pauses {
	/** Nothing is sent before this time. */
	readonly retryAfter?: { readonly until: number };
	/** The quota is below the target's floor. */
	readonly floor?: true;
	/** A login that was rejected `rejections` times in a row; it may be tried again at `until`, or when it has another fingerprint. */
	readonly credentials?: { readonly fingerprint: string; readonly rejections: number; readonly until: number };
}

const minute = 60_000;
const hour = 60 * minute;
/** Retry-After is obeyed for so long at most. */
const longestRetryAfter = hour;
/** How long a login rests after its first, second and every later rejection. */
const restAfterRejection = [10 * minute, hour, 6 * hour];

/** How long a login rests that has been rejected so many times in a row, in milliseconds. */
function restAfter(rejections: number): number {
	return restAfterRejection[Math.min(rejections, restAfterRejection.length) - 1] ?? 0;
}

/** The causes that hold, in the order of the contract. */
export function causesOf(pauses: Pauses): PauseCause[] {
	const causes: PauseCause[] = [];
	if (pauses.floor) causes.push('floor');
	if (pauses.retryAfter) causes.push('retry_after');
	if (pauses.credentials) causes.push('credentials');
	return causes;
}

/** The earliest moment, on the clock of the pauses, at which anything may be sent. */
export function notBefore({ retryAfter }: Pauses): number {
	return retryAfter?.until ?? -Infinity;
}

/**
 * The same pauses on another clock, which reads `now` while the present one reads `then`. None lasts longer than its
 * kind ever does, also when the wall clock was set in between.
 */
export function onClock(pauses: Pauses, then: number, now: number): Pauses {
	const moved = (until: number, longest: number) => Math.min(until - then, longest) + now;
	const { retryAfter, floor, credentials } = pauses;
	return {
		...(retryAfter && { retryAfter: { until: moved(retryAfter.until, longestRetryAfter) } }),
		...(floor && { floor }),
		...(credentials && {
			credentials: { ...credentials, until: moved(credentials.until, restAfter(credentials.rejections)) },
		}),
	};
}

/** Whether an attempt brought a cause, other than a low quota, for which the same cannot be asked again at once. */
export function restsAfter(before: Pauses, causes: readonly PauseCause[]): boolean {
	const held = causesOf(before);
	return causes.some((cause) => cause !== 'floor' && !held.includes(cause));
}

/** What an attempt was made with. */
export interface Made {
	/** The pauses under which it began. */
	readonly pauses: Pauses;
	/** The login was held back. */
	readonly withoutLogin: boolean;
	/** Of the login, whether sent or held back. */
	readonly fingerprint: string;
}

/** The pauses after an attempt, by what its answers ask for. */
export function pausesAfter(made: Made, observation: Observation, target: Target, clock: Clock): Pauses {
	const now = clock.monotonic();
	const wait = Math.min((observation.asks.notBefore ?? 0) - clock.wall(), longestRetryAfter);
	const credentials = credentialsAfter(made, observation, now);
	return {
		...(wait > 0 && { retryAfter: { until: now + wait } }),
		...(floorAfter(made, observation, target) && { floor: true as const }),
		...(credentials && { credentials }),
	};
}

function floorAfter({ pauses, withoutLogin }: Made, observation: Observation, target: Target): boolean {
	const { quotaLeft } = observation.asks;
	if (quotaLeft !== undefined) return quotaLeft < target.floor;
	// An attempt that ended earlier says nothing; a whole one without a quota says that there is none.
	return pauses.floor === true && (!observation.success || withoutLogin);
}

function credentialsAfter(made: Made, observation: Observation, now: number): Pauses['credentials'] {
	const before = made.pauses.credentials;
	if (made.withoutLogin) return before;
	if (!observation.asks.loginRejected) return wasAuthorized(observation) ? undefined : before;
	return afterRejection(before, made.fingerprint, now);
}

/** How a login rests that was rejected just now, `before` being how one rested before. */
export function afterRejection(
	before: Pauses['credentials'],
	fingerprint: string,
	now: number,
): NonNullable<Pauses['credentials']> {
	const rejections = before?.fingerprint === fingerprint ? before.rejections + 1 : 1;
	return { fingerprint, rejections, until: now + restAfter(rejections) };
}

/** Whether the attempt came far enough for a login to be judged. */
function wasAuthorized(observation: Observation): boolean {
	return observation.records.some(({ stage }) => stage === 'manifest');
}
