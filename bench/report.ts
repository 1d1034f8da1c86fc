import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { PeerProgram } from './peer.ts';
import type { Program } from './program.ts';
import { kept, resultOf } from './row.ts';
import type { Row } from './row.ts';

/** Where and with what was measured. */
export interface Setting {
	readonly machine: string;
	readonly node: string;
	readonly agent: string;
	readonly peer: string;
	/** Processes that wanted to run in the minute before: much above 0, and others worked on this machine. */
	readonly load: number;
	readonly rounds: number;
}

const file = join(import.meta.dirname, 'results/latest.json');

/** Describes this machine and the two programs. */
export function settingOf({ form }: Program, { version, path }: PeerProgram, rounds: number): Setting {
	const processors = cpus();
	const memory = Math.round(totalmem() / 1024 ** 3);
	const model = processors[0]?.model.trim() ?? 'CPU';
	return {
		machine: `${process.platform} ${release()} ${process.arch}, ${processors.length} × ${model}, ${memory} GiB`,
		node: process.version,
		agent:
			form === 'image'
				? 'as the image starts it (dist/registry-probe.mjs)'
				: 'from the checkout, without the image’s bundle and flags: `npm run build` makes them',
		peer: `${version}, ${path}`,
		load: loadavg()[0] ?? 0,
		rounds,
	};
}

/** The setting in lines. */
export function headOf({ machine, node, agent, peer, load, rounds }: Setting): string {
	return [
		`machine  ${machine}, load ${load.toFixed(1)} at the start`,
		`agent    ${agent}, Node.js ${node}`,
		`peer     ${peer}`,
		`rounds   ${rounds}; a cell is the median and, in brackets, the lowest and the highest round`,
	].join('\n');
}

/** Writes everything, each round's value too, as JSON. Gives the file's path. */
export function writeResults(setting: Setting, rows: readonly Row[]): string {
	mkdirSync(join(file, '..'), { recursive: true });
	const results = rows.map((row) => ({ ...row, result: resultOf(row), kept: kept(row) ?? null }));
	const document = { at: new Date().toISOString(), setting, results };
	writeFileSync(file, `${JSON.stringify(document, null, '\t')}\n`);
	return file;
}
