/** The middle of some values; of an even number the mean of the two in the middle. Throws `RangeError` for none. */
export function median(values: readonly number[]): number {
	return (quantile(values, 0.5, Math.floor) + quantile(values, 0.5, Math.ceil)) / 2;
}

/** The value that the share `q` (0 to 1) of all values does not exceed, by nearest rank. Throws `RangeError` for no values. */
export function quantile(values: readonly number[], q: number, round: (rank: number) => number = Math.ceil): number {
	const sorted = values.toSorted((a, b) => a - b);
	const found = sorted[Math.min(sorted.length - 1, Math.max(0, round(q * (sorted.length - 1))))];
	if (found === undefined) throw new RangeError('no values');
	return found;
}
