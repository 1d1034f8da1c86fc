import type { TargetState } from '../../store/targetState.ts';
import { nameserversIn, type NameserverAnswer } from '../words/nameservers.ts';
import { milliseconds } from '../words/quantities.ts';
import { gauge } from './gauge.ts';
import { markup, type Html } from './markup.ts';
import { outside } from './outside.ts';

/** How the node's nameservers did in the last attempts, each asked on its own. */
export function nameserverGauge(states: readonly TargetState[]): Html {
	const answers = states.flatMap(({ latest }) => latest?.records.flatMap(({ facts }) => nameserversIn(facts)) ?? []);
	return gauge(
		'Nameservers',
		[...Map.groupBy(answers, ({ server }) => server)].map(([server, given]) => nameserverItem(server, given)),
	);
}

function nameserverItem(server: string, given: readonly NameserverAnswer[]): Html {
	const good = given.filter(({ state }) => state === 'answers').length;
	const slowest = Math.max(0, ...given.flatMap(({ seconds }) => seconds ?? []));
	const low = good < given.length;
	const silent = given.every(({ state }) => state === 'silent');
	const answered = silent ? 'silent' : `${good} of ${given.length} names`;
	return markup`<li${low && markup` class="low"`}><p><b>${outside(server)}</b> <span class="value">${low ? markup`<em>${answered}</em>` : answered}</span></p>
${slowest > 0 && markup`<p class="more">slowest answer ${milliseconds(slowest)}</p>`}</li>
`;
}
