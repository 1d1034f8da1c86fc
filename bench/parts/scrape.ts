import { setTimeout as sleep } from 'node:timers/promises';
import { startAgent } from '../agent.ts';
import type { Bench } from '../bench.ts';
import type { Kind } from '../configuration.ts';
import { type Coding, timed } from '../http.ts';
import { median } from '../numbers.ts';
import { startPeer, wholeAttempt } from '../peer.ts';
import { ratio } from '../row.ts';
import type { Row } from '../row.ts';

const targets = 200;
const looks = 30;
/** Milliseconds from one look to the next. */
const pause = 30;
const exchanges = { whole: wholeAttempt, bare: ['open'], blob: wholeAttempt } as const;

/** What was measured in the rounds, for one way of asking. */
interface Measured {
	readonly times: number[];
	readonly own: number[];
	readonly others: number[];
}

const codings: readonly Coding[] = ['gzip', 'identity'];

/**
 * Promise 8: how long a scrape takes and how large it is, beside the sum of what the peer answers for the same targets.
 * It is promised of a scrape as Prometheus asks for it, which takes gzip.
 */
export async function scrape(bench: Bench): Promise<Row[]> {
	const rows: Row[] = [];
	for (const kind of ['whole', 'bare'] as const) {
		const measured: Record<Coding, Measured> = {
			gzip: { times: [], own: [], others: [] },
			identity: { times: [], own: [], others: [] },
		};
		for (let round = 1; round <= bench.rounds; round++) {
			bench.say(`scrape: ${kind}, round ${round} of ${bench.rounds}, about 25 s`);
			await ofAgent(bench, kind, measured);
			await ofPeer(bench, kind, measured);
		}
		rows.push(...codings.flatMap((coding) => rowsOf(kind, coding, measured[coding])));
	}
	return rows;
}

function rowsOf(kind: Kind, coding: Coding, { times, own, others }: Measured): Row[] {
	const promised = coding === 'gzip';
	const part = 'scrape';
	const setting = `${kind}, ${targets} targets, ${promised ? 'as Prometheus asks' : 'uncompressed'}`;
	const note = `÷ ${exchanges[kind].length} probe(s) for each target`;
	const sizes = { part, what: `scrape KiB, ${setting}`, unit: '×', agent: own, peer: others, note } as const;
	return [
		{ part, what: `scrape time, ${setting}`, unit: 'ms', agent: times, ...(promised && { promise: 8, goal: 5 }) },
		ratio({ ...sizes, ...(promised && { promise: 8, goal: 0.6 }) }),
	];
}

async function ofAgent({ world, program }: Bench, kind: Kind, measured: Record<Coding, Measured>): Promise<void> {
	await using agent = await startAgent(program, world, { kind, targets, interval: 60 });
	await agent.reach(targets);
	for (const coding of codings) {
		const seen: { milliseconds: number; bytes: number }[] = [];
		for (let look = 0; look < looks; look++) {
			// Answers that are asked for faster are shared.
			await sleep(pause);
			seen.push(await timed(`${agent.url}/metrics`, coding));
		}
		measured[coding].times.push(median(seen.map(({ milliseconds }) => milliseconds)));
		measured[coding].own.push(median(seen.map(({ bytes }) => bytes)) / 1024);
	}
}

/** KiB of all answers of the peer that stand for one scrape of the agent. */
async function ofPeer({ world, peer: program }: Bench, kind: Kind, measured: Record<Coding, Measured>): Promise<void> {
	await using peer = await startPeer(program, world);
	for (const coding of codings) {
		let bytes = 0;
		for (const exchange of exchanges[kind]) bytes += (await peer.bytesOf(exchange, coding)) * targets;
		measured[coding].others.push(bytes / 1024);
	}
}
