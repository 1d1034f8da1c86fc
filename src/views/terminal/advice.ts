import type { Target } from '../../plan/target.ts';
import type { Observation } from '../../probe/observation.ts';
import { printable } from '../../registry/redact.ts';
import type { PullVerdict } from '../../verdict/pullVerdict.ts';
import { explainFailure, runbookAnchor } from '../words/explained.ts';
import type { FailureRecord } from '../words/path.ts';
import { consequenceOf } from '../words/verdict.ts';
import { paintOf } from './paint.ts';
import { spell, type Style } from './style.ts';
import { hang, wrap, wrapCommand } from './wrap.ts';

const labelWidth = 10;
/** Longest text of one part, in characters. */
const partLength = 1000;

/** What a failure means and what to do about it, a labelled part for each. */
export function adviceLines(
	target: Target,
	observation: Observation,
	failure: FailureRecord,
	verdict: PullVerdict | undefined,
	style: Style,
): readonly string[] {
	const { means, prints, remedy, confirm } = explainFailure(target, observation, failure);
	return [
		...labelled('Means', `${consequenceOf(target, verdict)} ${means}`, style),
		...labelled('Pods see', verdict?.success === true ? '' : prints, style),
		...labelled('Do', remedy, style),
		...labelled('Confirm', confirm, style, wrapCommand),
		...labelled('More', runbookAnchor(failure.reason), style),
	];
}

/** Sentences that stand below each other under one label. */
export function alsoLines(sentences: readonly string[], style: Style): readonly string[] {
	return sentences.flatMap((sentence, at) => labelled(at === 0 ? 'Also' : '', sentence, style));
}

function labelled(label: string, text: string, style: Style, breaker = wrap): readonly string[] {
	if (text === '') return [];
	const lead = `  ${paintOf(style).strong(label)}${' '.repeat(labelWidth - label.length)}`;
	const width = labelWidth + 2;
	return hang(lead, breaker(spell(printable(text, partLength), style), style.columns - width), width);
}
