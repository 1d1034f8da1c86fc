import type { Observation } from '../probe/observation.ts';
import { failuresKept, type PastFailure } from './targetState.ts';

const detailLength = 500;

/** Adds what failed in an attempt: a kind that is known is counted on, and the kinds that were seen last are kept. */
export function withFailures(before: readonly PastFailure[], observation: Observation): readonly PastFailure[] {
	const kinds = new Map(before.map((failure) => [kindOf(failure), failure]));
	for (const failure of failuresOf(observation)) {
		const kind = kindOf(failure);
		const { firstAt, times } = kinds.get(kind) ?? { firstAt: failure.at, times: 0 };
		kinds.delete(kind);
		kinds.set(kind, { ...failure, firstAt, times: times + 1 });
	}
	return [...kinds.values()].slice(-failuresKept);
}

type Failure = Omit<PastFailure, 'firstAt' | 'times'>;

function kindOf({ role, stage, peer, reason }: Failure): string {
	return [role, stage, peer, reason].join(' ');
}

function failuresOf({ startedAt: at, records }: Observation): readonly Failure[] {
	return records.flatMap((record) => {
		if (record.outcome === 'success') return [];
		const { role, stage, peer, reason, detail } = record;
		return { at, role, stage, peer, reason, detail: detail.slice(0, detailLength) };
	});
}
