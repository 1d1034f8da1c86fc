let turns = 0;

/**
 * A number that grows by one from lookup to lookup. Under `options rotate` Go lets each question begin with the next
 * nameserver; A and AAAA race for their turns, so with two nameservers each comes first for each family now and then.
 */
export function nextTurn(): number {
	return turns++;
}

/** The list beginning with the element whose turn it is. */
export function inTurn<T>(list: readonly T[], turn: number): readonly T[] {
	const first = list.length === 0 ? 0 : turn % list.length;
	return [...list.slice(first), ...list.slice(0, first)];
}
