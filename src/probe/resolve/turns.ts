/** How many questions have been asked in turn since the start. */
let turns = 0;

/**
 * The list beginning with the element whose turn it is, as Go turns nameservers under `options rotate`: from one
 * question to the next, whoever asks.
 */
export function inTurn<T>(list: readonly T[]): readonly T[] {
	const first = list.length === 0 ? 0 : turns++ % list.length;
	return [...list.slice(first), ...list.slice(0, first)];
}
