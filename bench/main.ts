import { relative } from 'node:path';
import { leaveNothing } from './leaveNothing.ts';
import { measure } from './measure.ts';
import { readOptions, usage } from './options.ts';
import type { Options } from './options.ts';
import { elsewhere, parts } from './parts.ts';
import { findPeer } from './peer.ts';
import { makeProgram } from './program.ts';
import { latest, merge, readResults, settingOf, writeResults } from './results.ts';
import type { PartResult } from './results.ts';
import { headOf, tableOf } from './table.ts';

const say = (text: string) => void process.stderr.write(`${text}\n`);

/** Runs the bench; gives the exit code: 0 measured, 1 some part could not be. A promise that is not kept is told in the table only. */
async function bench({ parts: wanted, peer: path, rounds, attempts }: Options): Promise<number> {
	const peer = findPeer(path);
	const setting = settingOf(peer);
	const common = { program: await makeProgram(), peer, rounds, attempts };
	const measured: Record<string, PartResult> = {};
	for (const name of wanted.length > 0 ? wanted : Object.keys(parts)) {
		const result = await measure(name, common, say);
		measured[name] = result;
		// After each part: a run that is ended early has not been for nothing.
		writeResults(latest, merge(readResults(latest), { setting, parts: { [name]: result } }));
	}
	const rows = Object.values(measured).flatMap((part) => part.rows);
	const table = tableOf(wanted.length > 0 ? rows : [...rows, ...elsewhere]);
	process.stdout.write(`${headOf({ setting, parts: measured })}\n\n${table}\n\n`);
	process.stdout.write(
		`${relative('', latest)} holds all of it; \`node bench/page.ts\` puts it into docs/performance.md\n`,
	);
	return rows.some(({ note }) => note?.startsWith('failed: ') === true) ? 1 : 0;
}

try {
	leaveNothing();
	process.exitCode = await bench(readOptions(process.argv.slice(2), Object.keys(parts)));
} catch (error) {
	process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
	process.exitCode = 2;
}
