import { printable } from '../../registry/redact.ts';
import type { TargetState } from '../../store/targetState.ts';
import { count, span } from '../words/quantities.ts';
import { lowQuota, quotaOf, shareLeft, type Quota } from '../words/quota.ts';
import { filledBar, gauge } from './gauge.ts';
import { markup, type Html } from './markup.ts';

/** What registries say about the pulls that are left, one entry for each registry. */
export function quotaGauge(states: readonly TargetState[]): Html {
	const said = states.flatMap(({ target, latest }) => {
		const quota = latest && quotaOf(latest);
		return quota?.remaining === undefined ? [] : [[target.registry, quota] as const];
	});
	return gauge(
		'Pulls left',
		[...new Map(said)].map(([registry, quota]) => quotaItem(registry, quota)),
	);
}

function quotaItem(registry: string, quota: Quota): Html {
	const { limit, remaining = 0, windowSeconds, source } = quota;
	const share = shareLeft(quota);
	const low = share !== undefined && share < lowQuota;
	const refill = windowSeconds === undefined ? '' : `; each pull counts for ${span(windowSeconds)}`;
	return markup`<li${low && markup` class="low"`}><p><b>${printable(registry)}</b> <span class="value">${remaining}${limit !== undefined && ` of ${limit}`}${low && markup` <em>${remaining === 0 ? 'exhausted' : 'low'}</em>`}</span></p>
${share !== undefined && filledBar(share)}<p class="more">${source === undefined ? count(remaining, 'pull') : `Counted for ${source}`}${refill}</p></li>
`;
}
