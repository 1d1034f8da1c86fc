import { getPriority, loadavg } from 'node:os';
import type { Common, Way } from './bench.ts';
import { missingForLink } from './link/needs.ts';
import { overLink } from './link/overLink.ts';
import { parts } from './parts.ts';
import type { PartResult } from './results.ts';
import { notMeasured } from './row.ts';
import type { Row } from './row.ts';
import { startWorld } from './worldProcess.ts';

const load = () => loadavg()[0] ?? 0;

/** Measures a part wherever it is measured. What fails is told in its rows, so that the other parts can go on. */
export async function measure(name: string, common: Common, say: (text: string) => void): Promise<PartResult> {
	const [at, before] = [new Date().toISOString(), load()];
	const rows: Row[] = [];
	for (const way of parts[name]?.ways ?? []) {
		try {
			rows.push(...(await measureOn(way, name, common, say)).map((row) => ({ ...row, way })));
		} catch (error) {
			const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
			say(`${name}, ${way}: failed: ${why}`);
			rows.push({ ...notMeasured({ part: name, what: name }, `failed: ${why}`), way });
		}
	}
	return { at, rounds: common.rounds, load: [before, load()], niceness: getPriority(), rows };
}

/** Gives each part servers of its own: what one has left behind weighs on no other. */
async function measureOn(way: Way, name: string, common: Common, say: (text: string) => void): Promise<readonly Row[]> {
	if (way === 'loopback') {
		await using world = await startWorld();
		return (await parts[name]?.part({ ...common, world, way, device: 'lo', say })) ?? [];
	}
	const missing = missingForLink();
	if (missing !== '') throw new Error(`a link between network namespaces needs ${missing}`);
	return await overLink(name, common);
}
