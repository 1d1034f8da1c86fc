import type { PullVerdict } from '../../verdict/pullVerdict.ts';
import { lateness } from '../words/lateness.ts';
import { explainFailure, runbookAnchor } from '../words/explained.ts';
import type { FailureRecord } from '../words/path.ts';
import { consequenceOf, nameOf, verdictOn } from '../words/verdict.ts';
import { warningsOf } from '../words/warnings.ts';
import type { Checked, Report } from './checked.ts';
import { labelled } from './labelled.ts';
import type { Style } from './style.ts';
import { wrapCommand } from './wrap.ts';

/** What was said so far in a report, with the name of the target that it was said of: nobody reads it twice. */
export type Said = Map<string, string>;

/** What a failure means and what to do about it, a labelled part for each. */
export function adviceLines(
	{ target, observation }: Checked,
	failure: FailureRecord,
	verdict: PullVerdict | undefined,
	said: Said,
	style: Style,
): readonly string[] {
	const { means, prints, remedy, confirm } = explainFailure(target, observation, failure);
	const before = said.get(remedy);
	said.set(remedy, before ?? nameOf(target));
	return [
		...labelled('Means', `${consequenceOf(target, verdict)} ${means}`, style),
		...labelled('Pods see', verdict?.success === true ? '' : prints, style),
		...labelled('Do', before === undefined ? remedy : `The same as for ${before}, above.`, style),
		...labelled('Confirm', confirm, style, wrapCommand),
		...labelled('More', runbookAnchor(failure.reason), style),
	];
}

/** What will be tomorrow's fault, as far as it was not said before: sentences below each other under one label. */
export function alsoLines(
	{ target, observation }: Checked,
	{ now, pulls }: Report,
	said: Said,
	style: Style,
): readonly string[] {
	const verdict = verdictOn(observation, pulls);
	const late = verdict?.via === target.host ? (lateness(verdict) ?? []) : [];
	const fresh = [late, warningsOf(target, observation, now)].flat().filter((sentence) => !said.has(sentence));
	for (const sentence of fresh) said.set(sentence, nameOf(target));
	return fresh.flatMap((sentence, at) => labelled(at === 0 ? 'Also' : '', sentence, style));
}
