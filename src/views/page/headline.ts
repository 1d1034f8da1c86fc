import { printable } from '../../registry/redact.ts';
import { lateness } from '../words/lateness.ts';
import { count, span } from '../words/quantities.ts';
import { moment } from './clock.ts';
import { brokenOf, type Condition } from './condition.ts';
import type { PageInput } from './input.ts';
import { markup, type Html } from './markup.ts';
import { outside } from './outside.ts';
import { anchorOf } from './standing.ts';

/** Sentences about targets; the rest stands below. */
const most = 4;

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

/** The sign of that answer; something is said of what is no failure of pulls, but no good news either. */
export function markOfPage({ verdicts, pods = [] }: PageInput, conditions: readonly Condition[]): string {
	if (verdicts.some(({ success }) => !success)) return '\u2717';
	if (verdicts.length === 0) return '\u2026';
	const calm = conditions.every(({ standing }) => standing === 'works' || standing === 'waiting');
	return calm && pods.length === 0 ? '\u2713' : '!';
}

/** The sentences below the heading: each failing pull with its host, reason and since when, then what else there is to see. */
export function headlineNotes(input: PageInput, conditions: readonly Condition[]): Html {
	const { verdicts, pods = [], agent, now } = input;
	const late = verdicts.flatMap((verdict) => {
		const said = lateness(verdict);
		return said === undefined ? [] : [markup`<p><b>${outside(verdict.registry)}</b>: ${outside(said, 600)}</p>`];
	});
	const sentences = [...conditions.flatMap((condition) => brokenSentence(condition, now)), ...late];
	const faults = agent?.nodeFaults.length ?? 0;
	return markup`${sentences.slice(0, most)}
		${sentences.length > most && markup`<p>And ${count(sentences.length - most, 'more', 'more')}, below.</p>`}
		${pods.length > 0 && markup`<p><a href="#pods">${count(pods.length, 'pod waits', 'pods wait')} for an image</a>.</p>`}
		${faults > 0 && markup`<p>The node's own pull configuration has <a href="#node">${count(faults, 'fault')}</a>.</p>`}`;
}

function brokenSentence(condition: Condition, now: number): readonly Html[] {
	const broken = brokenOf(condition);
	if (condition.standing !== 'broken' || !broken) return [];
	const { target } = condition.state;
	const { role, peer, reason } = broken.failure;
	return [
		markup`<p><a href="#${anchorOf(target.id)}">${outside(target.registry)}</a>: ${role} ${reason} at ${outside(peer)}${lasting(condition, now)}.</p>
		`,
	];
}

/** When the failures began that have lasted until now, as far as the history goes. */
function lasting({ state: { history } }: Condition, now: number): Html {
	const lastSuccess = history.findLastIndex(({ success }) => success);
	const since = history[lastSuccess + 1]?.at;
	if (since === undefined) return markup``;
	const atLeast = lastSuccess < 0 ? 'at least ' : '';
	return markup`, ${atLeast}since ${moment(since, now)} (${span(Math.max(1, (now - since) / 1000))})`;
}
