/** Something in a zone. */
interface Placed {
	readonly node: string;
}

/**
 * At most `most` of the agents, as many of each zone as can be, by name within it: a question to all of 1,000 nodes tells
 * little more than one to some of every zone.
 */
export function spread<T extends Placed>(
	agents: readonly T[],
	zoneOf: (node: string) => string | undefined,
	most: number,
): readonly T[] {
	const sorted = agents.toSorted((a, b) => (a.node < b.node ? -1 : 1));
	const zones = [...Map.groupBy(sorted, ({ node }) => zoneOf(node) ?? '').values()];
	const longest = Math.max(0, ...zones.map(({ length }) => length));
	const turns = Array.from({ length: longest }, (_, turn) => zones.flatMap((zone) => zone.slice(turn, turn + 1)));
	return turns.flat().slice(0, most);
}
