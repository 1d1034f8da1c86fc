import type { Bench, Part } from './bench.ts';
import { leaveNothing } from './leaveNothing.ts';
import { readOptions, usage } from './options.ts';
import type { Options } from './options.ts';
import { bias } from './parts/bias.ts';
import { cpu } from './parts/cpu.ts';
import { growth } from './parts/growth.ts';
import { memory } from './parts/memory.ts';
import { scrape } from './parts/scrape.ts';
import { start } from './parts/start.ts';
import { wire } from './parts/wire.ts';
import { findPeer } from './peer.ts';
import { findProgram } from './program.ts';
import { headOf, settingOf, writeResults } from './report.ts';
import { notMeasured } from './row.ts';
import type { Row } from './row.ts';
import { tableOf } from './table.ts';
import { startWorld } from './worldProcess.ts';

const parts: Readonly<Record<string, Part>> = { start, wire, scrape, bias, memory, cpu, growth };

const message = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Promises that this bench does not hold the agent to; they stand in the table all the same. */
const elsewhere: readonly Row[] = [
	notMeasured(
		{ part: 'memory', promise: 2, what: 'working set, with Kubernetes', goal: 4 },
		'there is no discovery yet',
	),
	notMeasured({ part: 'faults', promise: 10, what: 'fault to series' }, 'a test in test/netns, not a figure'),
];

/** Measures a part; one that fails is told in the table, and the others go on. */
async function measure(name: string, part: Part, options: Options, common: Omit<Bench, 'world'>): Promise<Row[]> {
	// Servers of its own for each part: what one has left behind weighs on no other.
	await using world = await startWorld();
	try {
		return await part({ ...common, ...options, world, peer: common.peer });
	} catch (error) {
		common.say(`${name} has failed: ${message(error)}`);
		return [notMeasured({ part: name, what: name }, `failed: ${message(error)}`)];
	}
}

/** Runs the bench; gives the exit code: 0 measured, 1 some part could not be. A promise that is not kept is told in the table only. */
async function bench(options: Options): Promise<number> {
	const [program, peer] = [findProgram(), findPeer(options.peer)];
	const setting = settingOf(program, peer, options.rounds);
	const say = (text: string) => void process.stderr.write(`${text}\n`);
	const names = options.parts.length > 0 ? options.parts : Object.keys(parts);
	const { rounds, attempts } = options;
	const rows: Row[] = [];
	for (const name of names) {
		const part = parts[name];
		if (part) rows.push(...(await measure(name, part, options, { program, peer, rounds, attempts, say })));
	}
	const all = options.parts.length > 0 ? rows : [...rows, ...elsewhere];
	const file = writeResults(setting, all);
	process.stdout.write(`${headOf(setting)}\n\n${tableOf(all)}\n\n${file}\n`);
	return rows.some(({ note }) => note?.startsWith('failed: ') === true) ? 1 : 0;
}

try {
	leaveNothing();
	process.exitCode = await bench(readOptions(process.argv.slice(2), Object.keys(parts)));
} catch (error) {
	process.stderr.write(`bench: ${message(error)}\n${usage}\n`);
	process.exitCode = 2;
}
