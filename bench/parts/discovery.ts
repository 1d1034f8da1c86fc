import { podsOfNode } from '../api.ts';
import type { Bench } from '../bench.ts';
import { occupied, setting, takes } from '../occupied.ts';
import { ratio } from '../row.ts';
import type { Row } from '../row.ts';
import type { Memory } from '../run.ts';

/** Promise 2: what the agent occupies while it also follows the pods of a full node. */
export async function discovery(bench: Bench): Promise<Row[]> {
	const seen: (readonly [agent: Memory, peer: Memory])[] = [];
	for (let round = 1; round <= bench.rounds; round++) {
		bench.say(`discovery: round ${round} of ${bench.rounds}, ${takes} s`);
		seen.push(await occupied(bench, { discovery: true }));
	}
	const of = (side: 0 | 1) => seen.map((sides) => sides[side].workingSet ?? sides[side].rss);
	const grouped = seen.every((sides) => sides.every(({ workingSet }) => workingSet !== undefined));
	const what = `${grouped ? 'working set' : 'RSS'} MiB, ${setting}, discovery`;
	const note = `${podsOfNode} pods are followed, one changes every second`;
	return [ratio({ part: 'discovery', promise: 2, what, unit: '×', goal: 3, note, agent: of(0), peer: of(1) })];
}
