import { attemptSeconds } from '../words/quantities.ts';
import { brokenOf, type Condition } from './condition.ts';
import { gauge } from './gauge.ts';
import { markup, type Html } from './markup.ts';
import { outside } from './outside.ts';

/** What the mirrors cost: a dead one is passed over by the runtime, after the time that its failure takes. */
export function mirrorGauge(conditions: readonly Condition[]): Html {
	return gauge('Mirrors', conditions.filter(({ state }) => state.target.via === 'mirror').map(mirrorItem));
}

function mirrorItem(condition: Condition): Html {
	const { target } = condition.state;
	const broken = brokenOf(condition);
	const seconds = condition.walked?.observation.seconds;
	const value = broken ? markup`<em>broken</em>` : seconds === undefined ? 'not tried yet' : attemptSeconds(seconds);
	const cost = broken && seconds !== undefined && `gives up after ${attemptSeconds(seconds)}, ${broken.failure.reason}`;
	return markup`<li${broken && markup` class="low"`}><p><b>${outside(target.host)}</b> <span class="value">${value}</span></p>
<p class="more">for ${outside(target.registry)}${cost && `; ${cost}`}</p></li>
`;
}
