import type { Family, Scrape, Series } from './family.ts';

/** Series that one scrape shows at most, unless told otherwise: room for 200 registry hosts with all that they can have. */
export const defaultSeriesLimit = 25_000;

/** A family with the series that it has in one scrape. */
export interface Filled {
	readonly family: Family;
	readonly series: readonly Series[];
}

/**
 * The families with their series, as many as `limit` allows in the order given; families without any are left out.
 * Values that are not finite say nothing and are left out too, uncounted.
 */
export function capped(
	families: readonly Family[],
	scrape: Scrape,
	limit: number,
): { readonly filled: readonly Filled[]; readonly dropped: number } {
	const filled: Filled[] = [];
	let room = limit;
	let dropped = 0;
	for (const family of families) {
		const all = family.series(scrape).filter(({ value }) => Number.isFinite(value));
		const series = all.slice(0, room);
		room -= series.length;
		dropped += all.length - series.length;
		if (series.length > 0) filled.push({ family, series });
	}
	return { filled, dropped };
}
