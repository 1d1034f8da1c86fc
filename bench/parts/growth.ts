import { setTimeout as sleep } from 'node:timers/promises';
import { startAgent } from '../agent.ts';
import type { Bench } from '../bench.ts';
import { median } from '../numbers.ts';
import type { Row } from '../row.ts';

/** Attempts after which the agent counts as warm, and over which memory is looked at, at either end. */
const warm = 1000;

const targets = 100;

/** Promise 3: resident memory around the last attempts, compared with that after the first thousand. */
export async function growth({ world, program, attempts, say }: Bench): Promise<Row[]> {
	say(`growth: ${attempts} attempts, about ${Math.ceil(attempts / targets)} s`);
	await using agent = await startAgent(program, world, { kind: 'whole', targets, interval: 1 });
	const [before, after]: [number[], number[]] = [[], []];
	const began = performance.now();
	for (let made = 0; made < attempts; made = await agent.attempts()) {
		// On a machine that is busy with other things the pace cannot be kept; some patience, then it is told.
		if (performance.now() - began > 60_000 + (5000 * attempts) / targets) {
			throw new Error(`only ${made} of ${attempts} attempts in five times the time that they take`);
		}
		const { rss } = agent.memory();
		if (made >= warm && made < 2 * warm) before.push(rss);
		if (made >= attempts - warm) after.push(rss);
		await sleep(1000);
	}
	if (before.length === 0 || after.length === 0)
		throw new Error('attempts came too fast to look at memory between them');
	const grown = median(after) - median(before);
	const what = `RSS growth, ${warm} to ${attempts} attempts`;
	const note = `one run; ${median(before).toFixed(1)} MiB → ${median(after).toFixed(1)} MiB`;
	return [{ part: 'growth', promise: 3, what, unit: 'MiB', agent: [grown], goal: 5, note }];
}
