import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { PeerProgram } from './peer.ts';
import { kept, resultOf } from './row.ts';
import type { Row } from './row.ts';

/** The file of the last run. */
export const latest = join(import.meta.dirname, 'results/latest.json');

/** Where and with what was measured. */
export interface Setting {
	readonly machine: string;
	readonly node: string;
	readonly peer: string;
}

/** What one part has measured. */
export interface PartResult {
	/** When it began; RFC 3339. */
	readonly at: string;
	readonly rounds: number;
	/** Processes that wanted to run, in the minute before it began and in its last one: more than its own, and others worked here. */
	readonly load: readonly [before: number, after: number];
	/** As nice(1) sets it: below 0, the bench came before others that worked here. */
	readonly niceness: number;
	readonly rows: readonly Row[];
}

/** All that was measured in one setting: by part. */
export interface Results {
	readonly setting: Setting;
	readonly parts: Readonly<Record<string, PartResult>>;
}

/** Describes this machine and the peer. */
export function settingOf({ version }: PeerProgram): Setting {
	const processors = cpus();
	const memory = Math.round(totalmem() / 1024 ** 3);
	const model = processors[0]?.model.trim() ?? 'CPU';
	return {
		machine: `${process.platform} ${release()} ${process.arch}, ${processors.length} × ${model}, ${memory} GiB`,
		node: process.version,
		peer: version,
	};
}

/** New results take the place of those of the same parts; the others stay where they come from the same setting. */
export function merge(old: Results | undefined, next: Results): Results {
	if (!old || !isDeepStrictEqual(old.setting, next.setting)) return next;
	return { setting: next.setting, parts: { ...old.parts, ...next.parts } };
}

/** The results in a file of `writeResults`; undefined when there is none. Throws `SyntaxError` for one that is no JSON. */
export function readResults(file: string): Results | undefined {
	if (!existsSync(file)) return undefined;
	const { setting, parts } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Results>;
	return setting && parts ? { setting, parts } : undefined;
}

/** Writes everything as JSON, each round's value, too, and how every promise fared. */
export function writeResults(file: string, { setting, parts }: Results): void {
	const judged = Object.entries(parts).map(([name, part]) => {
		const rows = part.rows.map((row) => ({ ...row, result: resultOf(row), kept: kept(row) ?? null }));
		return [name, { ...part, rows }];
	});
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, `${JSON.stringify({ setting, parts: Object.fromEntries(judged) }, null, '\t')}\n`);
}
