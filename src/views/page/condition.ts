import type { Observation } from '../../probe/observation.ts';
import type { TargetState } from '../../store/targetState.ts';
import { isCurrent } from '../current.ts';
import type { PullVerdict } from '../../verdict/pullVerdict.ts';
import { pathOf, type FailureRecord, type Path } from '../words/path.ts';

/** How a target stands: `bypassed` is broken while pulls succeed through another host, `stale` was not tried for too long. */
export type Standing = 'broken' | 'bypassed' | 'stale' | 'waiting' | 'works';

/** A target as its row on the page shows it. */
export interface Condition {
	readonly state: TargetState;
	readonly standing: Standing;
	readonly verdict?: PullVerdict;
	readonly walked?: { readonly observation: Observation; readonly path: Path };
}

/** The last attempt of a target that broke, with the record that says where. */
export interface Broken {
	readonly observation: Observation;
	readonly failure: FailureRecord;
}

const order: readonly Standing[] = ['broken', 'bypassed', 'stale', 'waiting', 'works'];

/** What the page says of each target, what is wrong first. */
export function conditionsOf(
	states: readonly TargetState[],
	verdicts: readonly PullVerdict[],
	now: number,
): readonly Condition[] {
	return states
		.map((state) =>
			conditionOf(
				state,
				verdicts.find(({ registry }) => registry === state.target.registry),
				now,
			),
		)
		.toSorted((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
}

function conditionOf(state: TargetState, verdict: PullVerdict | undefined, now: number): Condition {
	const { latest: observation, target } = state;
	if (!observation) return { state, standing: 'waiting', ...(verdict && { verdict }) };
	const walked = { observation, path: pathOf(target, observation, verdict) };
	return { state, standing: standingOf(state, observation, verdict, now), walked, ...(verdict && { verdict }) };
}

function standingOf(
	state: TargetState,
	{ success, host }: Observation,
	verdict: PullVerdict | undefined,
	now: number,
): Standing {
	if (!isCurrent(state, now)) return 'stale';
	if (success) return verdict?.blame?.host === host ? 'broken' : 'works';
	return verdict?.success === true ? 'bypassed' : 'broken';
}

/** The failure of a row's last attempt, if it broke. */
export function brokenOf({ walked }: Condition): Broken | undefined {
	const failure = walked?.path.broken;
	return walked && failure && { observation: walked.observation, failure };
}
