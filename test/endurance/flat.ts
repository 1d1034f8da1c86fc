/** A quarter of a run, told by the values of one quantity within it. */
export interface Quarter {
	readonly lowest: number;
	readonly highest: number;
}

/** The four quarters of a series of values in the order in which they were taken. Throws `RangeError` for fewer than eight. */
export function quartersOf(values: readonly number[]): readonly Quarter[] {
	if (values.length < 8) throw new RangeError(`${values.length} values say nothing about quarters`);
	return [0, 1, 2, 3].map((quarter) => {
		const part = values.slice((quarter * values.length) / 4, ((quarter + 1) * values.length) / 4);
		return { lowest: Math.min(...part), highest: Math.max(...part) };
	});
}

/**
 * By how much a quantity grew from the second quarter to the last; the first one is for warming up. `floor` compares
 * what is never fallen below, which for memory is what garbage collection leaves; `ceiling` what is never exceeded.
 */
export function growthOf(values: readonly number[], by: 'floor' | 'ceiling'): number {
	const [, second, , last] = quartersOf(values);
	if (!second || !last) throw new RangeError('no quarters');
	return by === 'floor' ? last.lowest - second.lowest : last.highest - second.highest;
}
