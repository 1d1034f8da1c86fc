import type { Target } from '../../plan/target.ts';
import type { PullVerdict } from '../../verdict/pullVerdict.ts';
import { explainFailure, runbookAnchor } from '../words/explained.ts';
import { findingOf } from '../words/finding.ts';
import { consequenceOf } from '../words/verdict.ts';
import type { Broken } from './condition.ts';
import { markup, type Html } from './markup.ts';
import { outside } from './outside.ts';

const partLength = 1000;

/** The reason in words, what it means and what to do. */
export function failureNote(
	target: Target,
	{ observation, failure }: Broken,
	verdict: PullVerdict | undefined,
	now: number,
): Html {
	const { title, means, prints, remedy, confirm } = explainFailure(target, observation, failure);
	const show = (text: string) => outside(text, partLength);
	const seen = verdict?.success === true ? '' : prints;
	return markup`<div class="note">
		<p class="reason">
			<strong>${failure.role} ${failure.stage}: ${failure.reason}</strong> at <b>${outside(failure.peer)}</b>:
			${show(title)}. <span class="detail">${outside(findingOf(failure, now), partLength)}</span>
		</p>
		<dl>
			<div>
				<dt>Means</dt>
				<dd>${show(`${consequenceOf(target, verdict)} ${means}`.trim())}</dd>
			</div>
			<div>
				<dt>Do</dt>
				<dd>${show(remedy)}</dd>
			</div>
			${
				seen !== '' &&
				markup`<div>
					<dt>Pods see</dt>
					<dd><code>${show(seen)}</code></dd>
				</div>`
			}
			<div>
				<dt>Confirm</dt>
				<dd><code>${show(confirm)}</code></dd>
			</div>
			<div>
				<dt>More</dt>
				<dd>${runbookAnchor(failure.reason)}</dd>
			</div>
		</dl>
	</div>`;
}
