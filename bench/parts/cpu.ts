import { setTimeout as sleep } from 'node:timers/promises';
import { startAgent } from '../agent.ts';
import type { Bench } from '../bench.ts';
import type { Wish } from '../configuration.ts';
import { textOf } from '../http.ts';
import { atPace } from '../pace.ts';
import { startPeer, wholeAttempt } from '../peer.ts';
import type { Exchange } from '../peer.ts';
import { ratio } from '../row.ts';
import type { Row } from '../row.ts';

interface Case {
	readonly promise: number;
	readonly goal: number;
	readonly wish: Wish;
	/** Not over the link, where nothing would be added to what is known. */
	readonly loopbackOnly?: boolean;
	/** What the peer is asked in place of one attempt. */
	readonly exchanges: readonly Exchange[];
}

const cases: readonly Case[] = [
	{ promise: 4, goal: 0.8, wish: { kind: 'whole', targets: 50, interval: 1 }, exchanges: wholeAttempt },
	{ promise: 5, goal: 1.5, wish: { kind: 'bare', targets: 50, interval: 1 }, exchanges: ['open'] },
	{
		promise: 5,
		goal: 1.1,
		wish: { kind: 'bare', targets: 1000, interval: 20 },
		exchanges: ['open'],
		loopbackOnly: true,
	},
];

const warming = 5000;
const measuring = 20_000;

/** Promises 4 and 5: CPU time for one attempt, and for the probes of the peer that see the same exchanges. */
export async function cpu(bench: Bench): Promise<Row[]> {
	const rows: Row[] = [];
	for (const { loopbackOnly, ...each } of cases) {
		if (loopbackOnly === true && bench.way === 'link') continue;
		const [agent, peer]: [number[], number[]] = [[], []];
		const { kind, targets, interval } = each.wish;
		const what = `CPU ms an attempt, ${kind}, ${targets} targets`;
		for (let round = 1; round <= bench.rounds; round++) {
			bench.say(`cpu: ${kind}, ${targets} targets, round ${round} of ${bench.rounds}, about a minute`);
			agent.push(await ofAgent(bench, each.wish));
			peer.push(await ofPeer(bench, each));
		}
		const note = `÷ ${each.exchanges.length} probe(s); every ${interval} s, a scrape each time`;
		rows.push(ratio({ ...each, part: 'cpu', what, unit: '×', agent, peer, note }));
	}
	return rows;
}

/** Milliseconds of CPU for one attempt. */
async function ofAgent({ world, program }: Bench, wish: Wish): Promise<number> {
	await using agent = await startAgent(program, world, wish);
	await agent.reach(wish.targets);
	const over = new AbortController();
	const scraping = { count: 1, interval: wish.interval, signal: over.signal };
	const scrapes = atPace(scraping, async () => void (await textOf(`${agent.url}/metrics`)));
	await sleep(warming);
	const [attempts, seconds] = [await agent.made(), agent.cpuSeconds()];
	await sleep(measuring);
	const used = agent.cpuSeconds() - seconds;
	const made = (await agent.made()) - attempts;
	over.abort();
	await scrapes;
	return (used / made) * 1000;
}

/** Milliseconds of CPU for all the probes that stand for one attempt. */
async function ofPeer(
	{ world, peer: program }: Bench,
	{ wish, exchanges }: Pick<Case, 'wish' | 'exchanges'>,
): Promise<number> {
	await using peer = await startPeer(program, world);
	const count = wish.targets * exchanges.length;
	const round = async (milliseconds: number) => {
		const probe = (at: number) => peer.probe(exchanges[at % exchanges.length] ?? 'open');
		const pace = { count, interval: wish.interval, signal: AbortSignal.timeout(milliseconds) };
		return await atPace(pace, async (at) => void (await probe(at)));
	};
	await round(warming);
	const seconds = peer.cpuSeconds();
	const made = await round(measuring);
	return ((peer.cpuSeconds() - seconds) / (made / exchanges.length)) * 1000;
}
