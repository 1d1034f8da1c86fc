import { setTimeout as sleep } from 'node:timers/promises';
import { startAgent } from '../agent.ts';
import type { Bench } from '../bench.ts';
import { textOf, timed } from '../http.ts';
import { median } from '../numbers.ts';
import type { Row } from '../row.ts';

const sizes = [10, 50, 200, 1000] as const;
const interval = 30;
const looks = 10;

/** What an agent costs at one size. */
const figures = [
	{ name: 'cpu', what: 'CPU', unit: 'mCPU' },
	{ name: 'memory', what: 'working set', unit: 'MiB' },
	{ name: 'series', what: 'series', unit: '' },
	{ name: 'dropped', what: 'series left out', unit: '' },
	{ name: 'size', what: 'scrape size', unit: 'KiB' },
	{ name: 'time', what: 'scrape time', unit: 'ms' },
] as const;

type Cost = Readonly<Record<(typeof figures)[number]['name'], number>>;

/** How the price of an agent grows with its targets: the same figures at each size. */
export async function targets(bench: Bench): Promise<Row[]> {
	const costs = new Map<number, Cost[]>(sizes.map((size) => [size, []]));
	for (let round = 1; round <= bench.rounds; round++) {
		for (const size of sizes) {
			bench.say(`targets: ${size}, round ${round} of ${bench.rounds}, about 80 s`);
			costs.get(size)?.push(await ofAgent(bench, size));
		}
	}
	return sizes.flatMap((size) =>
		figures.map(({ name, what, unit }): Row => {
			const agent = (costs.get(size) ?? []).map((cost) => cost[name]);
			return { part: 'targets', what: `${what}, ${size} targets`, unit, agent };
		}),
	);
}

/** Every target is tried once in an interval, with all that an attempt does for an image that is named, and the agent scraped once, as by Prometheus. */
async function ofAgent({ world, program }: Bench, size: number): Promise<Cost> {
	await using agent = await startAgent(program, world, { kind: 'blob', targets: size, interval });
	// The first attempts are spread over 15 s; an interval later all have found their places in it.
	await sleep((15 + interval) * 1000);
	const [before, began] = [agent.cpuSeconds(), performance.now()];
	const seen: number[] = [];
	for (let second = 0; second < interval; second++) {
		await sleep(Math.max(0, began + second * 1000 - performance.now()));
		const { workingSet, rss } = agent.memory();
		seen.push(workingSet ?? rss);
		if (second === interval / 2) await textOf(`${agent.url}/metrics`);
	}
	const cpu = (1000 * (agent.cpuSeconds() - before)) / ((performance.now() - began) / 1000);
	const [times, already]: [number[], number] = [[], await agent.dropped()];
	for (let look = 0; look < looks; look++) {
		// Answers that are asked for faster are shared.
		await sleep(30);
		times.push((await timed(`${agent.url}/metrics`, 'gzip')).milliseconds);
	}
	const text = await textOf(`${agent.url}/metrics`);
	const dropped = ((await agent.dropped()) - already) / (looks + 2);
	await agent.mustSucceed(size);
	const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
	return { cpu, memory: median(seen), series, dropped, size: Buffer.byteLength(text) / 1024, time: median(times) };
}
