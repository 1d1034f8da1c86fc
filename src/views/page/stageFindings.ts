import type { StageRecord } from '../../probe/observation.ts';
import { findingOf } from '../words/finding.ts';
import type { Leg, Path } from '../words/path.ts';
import { milliseconds } from '../words/quantities.ts';
import { markup, type Html } from './markup.ts';
import { outside } from './outside.ts';

const findingLength = 600;

/** What each stage of a path found, in words, for whoever asks: a broken stage says it without being asked. */
export function stageFindings({ legs }: Path, now: number): Html {
	return markup`<details class="findings">
		<summary>What each stage found</summary>
		${legs.map((leg) => legFindings(leg, now))}
	</details>`;
}

function legFindings({ role, peer, records }: Leg, now: number): Html {
	return markup`<p class="peer"><span class="role">${role}</span> <b>${outside(peer)}</b></p>
	<ul>
		${records.map((record) => finding(record, now))}
	</ul>`;
}

function finding(record: StageRecord, now: number): Html {
	const { stage, seconds } = record;
	const failed = record.outcome === 'failure' && markup`${record.reason}: `;
	return markup`<li>
		<span>${stage}</span> <small>${seconds === undefined ? '' : milliseconds(seconds)}</small>
		<span>${failed}${outside(findingOf(record, now), findingLength)}</span>
	</li>`;
}
