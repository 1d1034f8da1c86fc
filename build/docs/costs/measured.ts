import { latest, readResults } from '../../../bench/results.ts';
import { median } from '../../../bench/numbers.ts';

const results = readResults(latest);

/**
 * What the last run of the bench measured at the agent: the median of its rounds, in the unit of the row. Throws
 * `RangeError` where nothing was measured under these words.
 */
export function measured(part: string, what: string): number {
	const row = results?.parts[part]?.rows.find((each) => each.what === what);
	if (!row?.agent || row.agent.length === 0) throw new RangeError(`bench/results has no "${what}" in ${part}`);
	return median(row.agent);
}

/** How a figure grows with targets, between these two sizes of the part `targets`. */
export interface Line {
	/** What there is without a target. */
	readonly base: number;
	/** What one target more adds. */
	readonly each: number;
}

/** The straight line through a figure at two numbers of targets. */
export function lineOf(figure: string, few = 10, many = 200): Line {
	const [low, high] = [few, many].map((size) => measured('targets', `${figure}, ${size} targets`));
	if (low === undefined || high === undefined) throw new RangeError(`no line of ${figure}`);
	const each = (high - low) / (many - few);
	return { base: low - few * each, each };
}

/** Seconds between two attempts on a target in the part `targets`. */
export const benchInterval = 30;
