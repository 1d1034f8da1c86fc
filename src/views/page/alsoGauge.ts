import type { TargetState } from '../../store/targetState.ts';
import { warningsBesideGauges } from '../words/warnings.ts';
import { gauge } from './gauge.ts';
import { markup, type Html } from './markup.ts';
import { outside } from './outside.ts';

/** Sentences that are shown. */
const most = 12;

/** What will be tomorrow's fault and no other gauge shows. */
export function alsoGauge(states: readonly TargetState[]): Html {
	const said = new Set(states.flatMap(({ target, latest }) => (latest ? warningsBesideGauges(target, latest) : [])));
	const sentences = [...said];
	const rest = sentences.length - most;
	return gauge('Also', [
		...sentences.slice(0, most).map((sentence) => markup`<li>${outside(sentence, 500)}</li> `),
		...(rest > 0 ? [markup`<li class="more">and ${rest} more</li>`] : []),
	]);
}
