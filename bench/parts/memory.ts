import { setTimeout as sleep } from 'node:timers/promises';
import { startAgent } from '../agent.ts';
import type { Bench } from '../bench.ts';
import { textOf } from '../http.ts';
import { median } from '../numbers.ts';
import { atPace } from '../pace.ts';
import { startPeer } from '../peer.ts';
import { ratio } from '../row.ts';
import type { Row } from '../row.ts';
import type { Memory, Run } from '../run.ts';

const targets = 50;
const interval = 30;
/** Seconds in which caches fill: the first spread of attempts and two intervals. */
const settling = 75;
const samples = 15;

/** Promise 1: what agent and peer occupy after some rounds of the same targets. Both run at once, each in its own cgroup. */
export async function memory(bench: Bench): Promise<Row[]> {
	const agents: Memory[] = [];
	const peers: Memory[] = [];
	for (let round = 1; round <= bench.rounds; round++) {
		bench.say(`memory: round ${round} of ${bench.rounds}, ${settling + samples} s`);
		const [agent, peer] = await once(bench);
		agents.push(agent);
		peers.push(peer);
	}
	const setting = `${targets} targets, ${interval} s`;
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

async function once({ world, program, peer: peerProgram }: Bench): Promise<[Memory, Memory]> {
	await using agent = await startAgent(program, world, { kind: 'whole', targets, interval });
	await using peer = await startPeer(peerProgram, world);
	const over = new AbortController();
	const { signal } = over;
	const scrapes = atPace({ count: 1, interval, signal }, async () => void (await textOf(`${agent.url}/metrics`)));
	const probes = atPace({ count: targets, interval, signal }, async () => void (await peer.probe('open')));
	await sleep(settling * 1000);
	const seen = await sample([agent, peer]);
	over.abort();
	await Promise.all([scrapes, probes]);
	// Throws when an attempt has failed.
	await agent.attempts();
	return seen;
}

/** The medians of some looks, a second apart. */
async function sample([agent, peer]: readonly [Run, Run]): Promise<[Memory, Memory]> {
	const looks: [Memory, Memory][] = [];
	for (let look = 0; look < samples; look++) {
		looks.push([agent.memory(), peer.memory()]);
		await sleep(1000);
	}
	return [middle(looks.map(([first]) => first)), middle(looks.map(([, second]) => second))];
}

function middle(looks: readonly Memory[]): Memory {
	const sets = looks.flatMap(({ workingSet }) => workingSet ?? []);
	const of = (name: 'rss' | 'pss') => median(looks.map((look) => look[name]));
	return { ...(sets.length > 0 ? { workingSet: median(sets) } : {}), rss: of('rss'), pss: of('pss') };
}
