import type { TargetState } from '../store/targetState.ts';

/**
 * Whether the last attempt still says something about now (milliseconds since the epoch): it is not older than two
 * intervals and the time that an attempt may take, or it is old because the target is paused.
 */
export function isCurrent(state: TargetState, now: number): boolean {
	if (state.lastAttemptAt === undefined) return false;
	const { interval, attemptTimeout } = state.target;
	return state.pauses.length > 0 || now - state.lastAttemptAt <= (2 * interval + attemptTimeout) * 1000;
}
