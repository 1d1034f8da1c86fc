import { count } from '../words/quantities.ts';
import type { Condition } from './condition.ts';
import { markup, type Html } from './markup.ts';
import { foldedRow, targetRow } from './targetRow.ts';

/** With more targets than this, those that are no trouble take one line each. */
const roomy = 6;
/** With more of them than this beside trouble, all of them take one line. */
const few = 12;

/** The targets that need somebody, each in full. */
export function troubledPaths(conditions: readonly Condition[], now: number): Html {
	const troubled = conditions.filter(isTroubled);
	if (troubled.length === 0) return markup``;
	return markup`<section aria-labelledby="troubled">
		<h2 id="troubled">${count(troubled.length, 'path needs', 'paths need')} attention</h2>
		${troubled.map((condition) => targetRow(condition, now))}
	</section>`;
}

/** All others: the more there are, the less room they take. */
export function calmPaths(conditions: readonly Condition[], now: number): Html {
	const calm = conditions.filter((condition) => !isTroubled(condition));
	if (calm.length === 0) return markup``;
	const work = calm.filter(({ standing }) => standing === 'works').length;
	const wait = calm.length - work;
	const title = [
		...(work > 0 ? [count(work, 'path works', 'paths work')] : []),
		...(wait > 0 ? [`${count(wait, 'path waits', 'paths wait')} for the first attempt`] : []),
	].join(', ');
	const rows = calm.map((condition) =>
		conditions.length > roomy ? foldedRow(condition, now) : targetRow(condition, now),
	);
	const troubled = calm.length < conditions.length;
	return troubled && calm.length > few
		? markup`<details class="others"><summary><h2>${title}</h2></summary>${rows}</details>`
		: markup`<section aria-labelledby="calm"><h2 id="calm">${title}</h2>${rows}</section>`;
}

function isTroubled({ standing }: Condition): boolean {
	return standing === 'broken' || standing === 'bypassed' || standing === 'stale';
}
