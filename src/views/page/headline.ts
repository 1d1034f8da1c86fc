import { printable } from '../../registry/redact.ts';
import { count, span } from '../words/quantities.ts';
import { moment } from './clock.ts';
import { brokenOf, type Condition } from './condition.ts';
import { markup, type Html } from './markup.ts';
import type { PageInput } from './input.ts';

/** The answer in one line, without the node's name: for the title and the heading. */
export function answerOf({ states, verdicts }: PageInput): string {
	const names = [...new Set(states.map(({ target }) => printable(target.registry)))];
	const [only] = names;
	if (only === undefined) return 'has no targets yet';
	const all = names.length === 1 ? only : count(names.length, 'registry', 'registries');
	const failing = verdicts.filter(({ success }) => !success).map(({ registry }) => printable(registry));
	if (verdicts.length === 0) return `waits for the first attempt on ${all}`;
	if (failing.length === 0) return `can pull from ${names.length === 1 ? '' : 'all '}${all}`;
	if (names.length === 1) return `cannot pull from ${all}`;
	return `cannot pull from ${failing.length} of ${all}${failing.length > 4 ? '' : `: ${failing.join(', ')}`}`;
}

/** The sentences below the heading: each failing pull with its host, reason and since when. */
export function headlineNotes(conditions: readonly Condition[], now: number): Html {
	const sentences = conditions.flatMap((condition) => {
		const broken = brokenOf(condition);
		if (condition.standing !== 'broken' || !broken) return [];
		const { role, peer, reason } = broken.failure;
		const since = brokenSince(condition);
		return markup`<p>
			<b>${printable(condition.state.target.registry)}</b>: ${role} ${reason} at
			${printable(peer)}${since !== undefined && markup`, since ${moment(since, now)} (${span(Math.max(1, (now - since) / 1000))})`}.
		</p>`;
	});
	return markup`${sentences.slice(0, 4)}`;
}

/** When the failures began that have lasted until now, as far as the history goes. */
function brokenSince({ state: { history } }: Condition): number | undefined {
	const lastSuccess = history.findLastIndex(({ success }) => success);
	return history[lastSuccess + 1]?.at;
}
