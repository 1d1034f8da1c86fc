import type { Target } from '../../plan/target.ts';
import type { StageName, StageRecord } from '../../probe/observation.ts';
import { printable } from '../../registry/redact.ts';
import type { Leg, Path } from '../words/path.ts';
import { milliseconds } from '../words/quantities.ts';
import { markup, type Html } from './markup.ts';
import { outside } from './outside.ts';

/** The path from left to right: a list of hosts, each with the list of its stages. */
export function pathFigure(target: Target, { legs, ahead }: Path): Html {
	const met = new Set<string>();
	const items = legs.map((leg, at) => {
		const again = met.has(leg.peer);
		met.add(leg.peer);
		return legItem(leg, again, at === legs.length - 1 ? ahead : []);
	});
	return markup`<ol class="path" aria-label="Path of a pull from ${printable(target.registry)}">
		${items}
	</ol>`;
}

/** A host that the pull comes back to has mostly one stage there: no room for its name, which stands further left. */
function legItem({ role, peer, records }: Leg, again: boolean, ahead: readonly StageName[]): Html {
	const name = again ? markup`<b class="hidden">${outside(peer)}</b>` : markup`<b>${outside(peer)}</b>`;
	return markup`<li class="leg">
		<p class="peer"><span class="role">${role}</span> ${name}</p>
		<ol class="stages">
			${records.map(stageItem)}${ahead.map(aheadItem)}
		</ol>
	</li>`;
}

function stageItem(record: StageRecord): Html {
	const { stage, seconds } = record;
	const time =
		seconds === undefined
			? markup`<small aria-hidden="true">&ndash;</small>`
			: markup`<small>${milliseconds(seconds)}</small>`;
	if (record.outcome === 'success') {
		return markup`<li class="ok">
			<i aria-hidden="true"></i><span>${stage}</span><span class="hidden"> works, </span>${time}
		</li>`;
	}
	return markup`<li class="failed">
		<i aria-hidden="true">&#10007;</i><strong>${stage}</strong><span class="hidden"> failed: ${record.reason}, </span>${time}
	</li>`;
}

function aheadItem(stage: StageName): Html {
	return markup`<li class="ahead">
		<i aria-hidden="true"></i><span>${stage}</span><small class="hidden"> not reached</small>
	</li>`;
}
