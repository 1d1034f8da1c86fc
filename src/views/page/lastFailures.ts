import { redactText } from '../../registry/redactText.ts';
import type { PastFailure, TargetState } from '../../store/targetState.ts';
import { nameOf } from '../words/verdict.ts';
import { ago, moment } from './clock.ts';
import { markup, type Html } from './markup.ts';
import { outside } from './outside.ts';

/** Rows that are shown, the newest first. */
const most = 12;
const detailLength = 300;

/** The same failure of one target, as often as it is remembered. */
interface Repeated {
	readonly name: string;
	readonly last: PastFailure;
	readonly first: PastFailure;
	readonly times: number;
}

/** The failures that the agent remembers, as a table with a row for each kind. */
export function lastFailures(states: readonly TargetState[], now: number): Html {
	const rows = states
		.flatMap(repeatedFailures)
		.toSorted((a, b) => b.last.at - a.last.at)
		.slice(0, most);
	if (rows.length === 0) return markup`<p class="none">None since the agent started.</p>`;
	return markup`<table>
		<thead>
			<tr>
				<th scope="col">Last seen</th>
				<th scope="col">Registry</th>
				<th scope="col">Where</th>
				<th scope="col">Reason</th>
				<th scope="col">Found</th>
			</tr>
		</thead>
		<tbody>
			${rows.map((row) => tableRow(row, now))}
		</tbody>
	</table>`;
}

function repeatedFailures({ target, lastFailures: failures }: TargetState): readonly Repeated[] {
	const kinds = Map.groupBy(failures, ({ role, stage, peer, reason }) => [role, stage, peer, reason].join(' '));
	return [...kinds.values()].flatMap((same) => {
		const [first, last] = [same[0], same.at(-1)];
		return first && last ? { name: nameOf(target), first, last, times: same.length } : [];
	});
}

function tableRow({ name, first, last, times }: Repeated, now: number): Html {
	const { at, role, stage, peer, reason, detail } = last;
	const often = times > 1 && markup`<small>${times} times since ${moment(first.at, now)}</small>`;
	return markup`<tr>
		<td>${moment(at, now)} <small>${ago(at, now)}</small></td>
		<td>${outside(name, 600)}</td>
		<td>${role} ${stage} <small>${outside(peer)}</small></td>
		<td><b>${reason}</b> ${often}</td>
		<td>${outside(redactText(detail), detailLength)}</td>
	</tr>`;
}
