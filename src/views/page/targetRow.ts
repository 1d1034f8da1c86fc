import { formatReference } from '../../registry/reference.ts';
import { attemptSeconds } from '../words/quantities.ts';
import { nameOf } from '../words/verdict.ts';
import { ago } from './clock.ts';
import type { Condition } from './condition.ts';
import { bareStrip } from './historyStrip.ts';
import { markup, type Html } from './markup.ts';
import { miniPath } from './miniPath.ts';
import { outside } from './outside.ts';
import { anchorOf, standings } from './standing.ts';
import { targetBody } from './targetBody.ts';

/** Longest names, in characters: a mirror's has its registry's before it. */
const nameLength = 600;
const imageLength = 300;

/** One target in full. */
export function targetRow(condition: Condition, now: number): Html {
	const { state, standing } = condition;
	const { target } = state;
	const [mark, word] = standings[standing];
	const id = anchorOf(target.id);
	return markup`<article class="target ${standing}" id="${id}">
		<header>
			<h3>
				<span class="mark" aria-hidden="true">${mark}</span>
				<a href="#${id}">${outside(nameOf(target), nameLength)}</a> <span class="word">${word}</span>
			</h3>
			<p class="image">${outside(formatReference(target.image), imageLength)}</p>
			${when(condition, now)}
		</header>
		${targetBody(condition, now)}
	</article>`;
}

/** One target in a line that opens: for those of many that are no trouble. A link to what is inside opens it, too. */
export function foldedRow(condition: Condition, now: number): Html {
	const { state, standing, walked } = condition;
	const { target } = state;
	const [mark, word] = standings[standing];
	return markup`<details class="target folded ${standing}">
		<summary>
			<h3>
				<span class="mark" aria-hidden="true">${mark}</span> ${outside(nameOf(target), nameLength)}
				<span class="${standing === 'works' ? 'hidden' : 'word'}">${word}</span>
			</h3>
			${when(condition, now)}${walked && miniPath(walked.path)}${bareStrip(state)}
		</summary>
		<p class="image" id="${anchorOf(target.id)}">${outside(formatReference(target.image), imageLength)}</p>
		${targetBody(condition, now)}
	</details>`;
}

function when({ walked }: Condition, now: number): Html {
	if (!walked) return markup``;
	const { seconds, startedAt } = walked.observation;
	return markup`<span class="when">${attemptSeconds(seconds)}, ${ago(startedAt, now)}</span>`;
}
