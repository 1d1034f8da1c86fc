import { redactText } from '../../registry/redactText.ts';
import type { PastFailure, TargetState } from '../../store/targetState.ts';
import { nameOf } from '../words/verdict.ts';
import { ago, moment } from './clock.ts';
import { markup, type Html } from './markup.ts';
import { outside } from './outside.ts';

/** Rows that are shown, the newest first. */
const most = 12;
const detailLength = 300;

interface Row {
	readonly name: string;
	readonly failure: PastFailure;
}

/** The failures that the agent remembers, as a table with a row for each kind. */
export function lastFailures(states: readonly TargetState[], now: number): Html {
	const rows = states
		.flatMap(({ target, lastFailures: failures }) => failures.map((failure) => ({ name: nameOf(target), failure })))
		.toSorted((a, b) => b.failure.at - a.failure.at)
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

function tableRow({ name, failure }: Row, now: number): Html {
	const { firstAt, at, times, role, stage, peer, reason, detail } = failure;
	const often = times > 1 && markup`<small>${times} times since ${moment(firstAt, now)}</small>`;
	return markup`<tr>
		<td>${moment(at, now)} <small>${ago(at, now)}</small></td>
		<td>${outside(name, 600)}</td>
		<td>${role} ${stage} <small>${outside(peer)}</small></td>
		<td><b>${reason}</b> ${often}</td>
		<td>${outside(redactText(detail), detailLength)}</td>
	</tr>`;
}
