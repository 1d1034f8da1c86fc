import { startAgent } from '../agent.ts';
import type { Bench } from '../bench.ts';
import type { Kind } from '../configuration.ts';
import { timed } from '../http.ts';
import { median } from '../numbers.ts';
import { startPeer, wholeAttempt } from '../peer.ts';
import { ratio } from '../row.ts';
import type { Row } from '../row.ts';

const targets = 200;
const looks = 30;
const exchanges = { whole: wholeAttempt, bare: ['open'], blob: wholeAttempt } as const;

/** Promise 8: how long a scrape takes and how large it is, beside the sum of what the peer answers for the same targets. */
export async function scrape(bench: Bench): Promise<Row[]> {
	const rows: Row[] = [];
	for (const kind of ['whole', 'bare'] as const) {
		const [times, own, others]: [number[], number[], number[]] = [[], [], []];
		for (let round = 1; round <= bench.rounds; round++) {
			bench.say(`scrape: ${kind}, round ${round} of ${bench.rounds}, about 25 s`);
			const { milliseconds, kibi } = await ofAgent(bench, kind);
			times.push(milliseconds);
			own.push(kibi);
			others.push(await ofPeer(bench, kind));
		}
		const part = 'scrape';
		const setting = `${kind}, ${targets} targets`;
		rows.push(
			{ part, promise: 8, what: `scrape time, ${setting}`, unit: 'ms', agent: times, goal: 5 },
			ratio({
				part,
				promise: 8,
				what: `scrape KiB, ${setting}`,
				unit: '×',
				agent: own,
				peer: others,
				goal: 0.6,
				note: `÷ ${exchanges[kind].length} probe(s) for each target; uncompressed`,
			}),
		);
	}
	return rows;
}

async function ofAgent({ world, program }: Bench, kind: Kind): Promise<{ milliseconds: number; kibi: number }> {
	await using agent = await startAgent(program, world, { kind, targets, interval: 60 });
	await agent.reach(targets);
	const times: number[] = [];
	let kibi = 0;
	for (let look = 0; look < looks; look++) {
		const { milliseconds, bytes } = await timed(`${agent.url}/metrics`);
		times.push(milliseconds);
		kibi = bytes / 1024;
	}
	return { milliseconds: median(times), kibi };
}

/** KiB of all answers of the peer that stand for one scrape of the agent. */
async function ofPeer({ world, peer: program }: Bench, kind: Kind): Promise<number> {
	await using peer = await startPeer(program, world);
	let bytes = 0;
	for (const exchange of exchanges[kind]) bytes += Buffer.byteLength(await peer.probe(exchange)) * targets;
	return bytes / 1024;
}
