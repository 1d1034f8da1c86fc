import type { Target } from '../../src/plan/target.ts';
import type { Observation, StageRecord } from '../../src/probe/observation.ts';
import { pullVerdicts, type PullVerdict } from '../../src/verdict/pullVerdict.ts';
import type { Checked } from '../../src/views/terminal/checked.ts';
import { renderReport } from '../../src/views/terminal/report.ts';
import type { Style } from '../../src/views/terminal/style.ts';
import { anObservation, now } from './builders.ts';

/** A target and what its records say. */
export function checked(target: Target, records: readonly StageRecord[], seconds?: number): Checked {
	const observation: Observation = anObservation(target, records, seconds);
	return { target, observation };
}

/** The report on a plain screen of 80 columns, or as `style` changes it. */
export function reportOf(all: readonly Checked[], style: Partial<Style> = {}, pulls = verdictsOf(all)): string {
	const plain = { columns: 80, colour: false, unicode: true, verbose: false };
	return renderReport({ node: 'ip-10-0-3-17', checked: all, pulls, now }, { ...plain, ...style });
}

function verdictsOf(all: readonly Checked[]): readonly PullVerdict[] {
	return pullVerdicts(all.map(({ target, observation }) => ({ target, latest: observation })));
}
