import { lateness } from '../words/lateness.ts';
import { brokenOf, type Condition } from './condition.ts';
import { failureNote } from './failureNote.ts';
import { historyStrip } from './historyStrip.ts';
import { markup, type Html } from './markup.ts';
import { outside } from './outside.ts';
import { pathFigure } from './pathFigure.ts';
import { stageFindings } from './stageFindings.ts';
import { pauseWords } from './standing.ts';

/** All that the page says of one target below its name: path, fault, pauses, history. */
export function targetBody(condition: Condition, now: number): Html {
	const { state, verdict, walked } = condition;
	const broken = brokenOf(condition);
	return markup`${walked && pathFigure(state.target, walked.path)}
		${broken && failureNote(state.target, broken, verdict, now)}
		${lateNote(condition)}
		${state.pauses.map((cause) => markup`<p class="pause">Paused: ${pauseWords[cause]}.</p>`)}
		${historyStrip(state, now)} ${walked && stageFindings(walked.path, now)}`;
}

/** What a pull loses before it comes to the host that serves it, said there. */
function lateNote({ state, verdict }: Condition): Html {
	const late = verdict?.via === state.target.host ? lateness(verdict) : undefined;
	return late === undefined ? markup`` : markup`<p class="late">${outside(late, 600)}</p>`;
}
