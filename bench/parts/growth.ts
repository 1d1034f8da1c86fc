import { setTimeout as sleep } from 'node:timers/promises';
import { startAgent } from '../agent.ts';
import type { Bench } from '../bench.ts';
import { median } from '../numbers.ts';
import type { Row } from '../row.ts';

/** Attempts after which the agent counts as warm, and over which memory is looked at, at either end. */
const warm = 1000;

/** Promise 3: resident memory around the last attempts, compared with that after the first thousand. */
export async function growth({ world, program, attempts, say }: Bench): Promise<Row[]> {
	say(`growth: ${attempts} attempts, about ${Math.ceil(attempts / 100)} s`);
	await using agent = await startAgent(program, world, { kind: 'whole', targets: 100, interval: 1 });
	const [before, after]: [number[], number[]] = [[], []];
	for (let made = 0; made < attempts; made = await agent.attempts()) {
		const { rss } = agent.memory();
		if (made >= warm && made < 2 * warm) before.push(rss);
		if (made >= attempts - warm) after.push(rss);
		await sleep(1000);
	}
	const grown = median(after) - median(before);
	const what = `RSS growth, ${warm} to ${attempts} attempts`;
	const note = `one run; ${median(before).toFixed(1)} MiB → ${median(after).toFixed(1)} MiB`;
	return [{ part: 'growth', promise: 3, what, unit: 'MiB', agent: [grown], goal: 5, note }];
}
