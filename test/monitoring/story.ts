import { names, type ANode } from './nodes.ts';
import { unexpected, type Expectation } from './promtool.ts';
import type { Line, Piece } from './timeline.ts';

/** Pulls come all the time. */
export const well: readonly Piece[] = [[1, 1]];

const zones = ['a', 'b', 'c'];

/** So many nodes, a third of them in each of the zones a, b and c. */
export function inZones(count: number): readonly ANode[] {
	return names(count).map((node, at) => ({ node, zone: zones[Math.floor((at * zones.length) / count)] ?? '' }));
}

/** What promtool finds otherwise than expected: nothing, as it should be. */
export async function otherwise(lines: readonly Line[], ...expectations: readonly Expectation[]): Promise<string> {
	return await unexpected({ name: 'story', lines, expectations });
}
