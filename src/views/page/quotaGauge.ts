import type { TargetState } from '../../store/targetState.ts';
import { count, span } from '../words/quantities.ts';
import { lowQuota, quotaOf, shareLeft, type Quota } from '../words/quota.ts';
import { moment } from './clock.ts';
import { filledBar, gauge } from './gauge.ts';
import { markup, type Html } from './markup.ts';
import { outside } from './outside.ts';

/** What a registry said about the pulls that are left, and when, in milliseconds since the epoch. */
interface Said {
	readonly quota: Quota;
	readonly at: number;
}

/** What registries say about the pulls that are left, one entry for each registry. */
export function quotaGauge(states: readonly TargetState[], now: number): Html {
	const said = states.flatMap(({ target, latest }): readonly (readonly [string, Said])[] => {
		const quota = latest && quotaOf(latest);
		return quota?.remaining === undefined ? [] : [[target.registry, { quota, at: latest?.startedAt ?? now }]];
	});
	return gauge(
		'Pulls left',
		[...new Map(said)].map(([registry, each]) => quotaItem(registry, each, now)),
	);
}

function quotaItem(registry: string, { quota, at }: Said, now: number): Html {
	const { limit, remaining = 0, source } = quota;
	const share = shareLeft(quota);
	const low = share !== undefined && share < lowQuota;
	const word = low && markup` <em>${remaining === 0 ? 'exhausted' : 'low'}</em>`;
	return markup`<li${low && markup` class="low"`}><p><b>${outside(registry)}</b> <span class="value">${remaining}${limit !== undefined && ` of ${limit}`}${word}</span></p>
${share !== undefined && filledBar(share)}<p class="more">${source === undefined ? count(remaining, 'pull') : markup`Counted for ${outside(source)}`}${refill(quota, at, now)}</p></li>
`;
}

/** When the last pull that counts now will have left the window: nobody says it, but the window does. */
function refill({ limit, remaining, windowSeconds }: Quota, at: number, now: number): Html {
	if (windowSeconds === undefined) return markup``;
	const full = limit !== undefined && remaining !== undefined && remaining >= limit;
	const until = full ? '' : markup`, all are back by ${moment(at + windowSeconds * 1000, now)} if none is made`;
	return markup`; each pull counts for ${span(windowSeconds)}${until}`;
}
