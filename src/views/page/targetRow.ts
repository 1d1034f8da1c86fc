import { printable } from '../../registry/redact.ts';
import { formatReference } from '../../registry/reference.ts';
import type { PauseCause } from '../../store/targetState.ts';
import { attemptSeconds } from '../words/quantities.ts';
import { nameOf } from '../words/verdict.ts';
import { ago } from './clock.ts';
import { brokenOf, type Condition, type Standing } from './condition.ts';
import { failureNote } from './failureNote.ts';
import { historyStrip } from './historyStrip.ts';
import { markup, type Html } from './markup.ts';
import { pathFigure } from './pathFigure.ts';

/** Mark and word of each standing: nothing is said by the mark alone. */
const standings: Readonly<Record<Standing, readonly [mark: string, word: string]>> = {
	broken: ['✗', 'pulls fail'],
	bypassed: ['!', 'broken, pulls go another way'],
	stale: ['?', 'not tried for too long'],
	waiting: ['…', 'waits for its first attempt'],
	works: ['✓', 'works'],
};

const pauseWords: Readonly<Record<PauseCause, string>> = {
	floor: 'quota low: layers are not read for now',
	retry_after: 'the registry asked to be left alone for now',
	credentials: 'the login was rejected and is not repeated for now',
};

/** The row of one target; a dense one shows its path without words until it is asked for. */
export function targetRow(condition: Condition, dense: boolean, now: number): Html {
	const { state, standing, verdict, walked } = condition;
	const { target } = state;
	const [mark, word] = standings[standing];
	const id = anchorOf(target.id);
	const broken = brokenOf(condition);
	const name = nameOf(target);
	return markup`<article class="target ${standing}${dense && !broken ? ' dense' : ''}" id="${id}">
		<header>
			<h3>
				<span class="mark" aria-hidden="true">${mark}</span> <a href="#${id}">${name}</a>
				<span class="word">${word}</span>
			</h3>
			<p class="image">${printable(formatReference(target.image), 300)}</p>
			${walked && markup`<p class="when">${attemptSeconds(walked.observation.seconds)}, ${ago(walked.observation.startedAt, now)}</p>`}
		</header>
		${walked && pathFigure(target, walked.path, now)} ${broken && failureNote(target, broken, verdict, now)}
		${state.pauses.map((cause) => markup`<p class="pause">Paused: ${pauseWords[cause]}.</p>`)} ${historyStrip(state, now)}
	</article>`;
}

/** An id for links: what is no plain character becomes its code, so that two targets never share one. */
export function anchorOf(id: string): string {
	return `target-${id.replace(/[^A-Za-z0-9.-]/g, (character) => `_${character.codePointAt(0)?.toString(16)}_`)}`;
}
