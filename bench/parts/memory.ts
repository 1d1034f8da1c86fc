import type { Bench } from '../bench.ts';
import { occupied, setting, takes } from '../occupied.ts';
import { ratio } from '../row.ts';
import type { Row } from '../row.ts';
import type { Memory } from '../run.ts';

/** Promise 1: what agent and peer occupy after some rounds of the same targets. Both run at once, each in its own cgroup. */
export async function memory(bench: Bench): Promise<Row[]> {
	const agents: Memory[] = [];
	const peers: Memory[] = [];
	for (let round = 1; round <= bench.rounds; round++) {
		bench.say(`memory: round ${round} of ${bench.rounds}, ${takes} s`);
		const [agent, peer] = await occupied(bench);
		agents.push(agent);
		peers.push(peer);
	}
	const both = (name: keyof Memory) => ({
		agent: agents.flatMap((each) => each[name] ?? []),
		peer: peers.flatMap((each) => each[name] ?? []),
	});
	const resident = (['rss', 'pss'] as const).map((name) =>
		ratio({ part: 'memory', what: `${name.toUpperCase()}, ${setting}`, unit: '×', ...both(name) }),
	);
	const grouped = both('workingSet').agent.length > 0;
	const what = `${grouped ? 'working set' : 'RSS'} MiB, ${setting}`;
	const note = grouped
		? 'memory cgroup; file pages that were in memory before count for neither side'
		: 'no memory cgroup can be made here: RSS in its place';
	const first = ratio({
		part: 'memory',
		promise: 1,
		what,
		unit: '×',
		goal: 2.6,
		note,
		...both(grouped ? 'workingSet' : 'rss'),
	});
	return [first, ...resident];
}
