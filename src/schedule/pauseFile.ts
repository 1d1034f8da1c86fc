import { readFileSync, statSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from './clock.ts';
import { onClock, type Pauses } from './pauses.ts';
import { readPauses } from './readPauses.ts';

/** Targets that are remembered; the ones that changed last win. */
const mostTargets = 1000;
/** Bytes of a state file that are read: far more than `mostTargets` need. */
const mostBytes = 2 ** 20;

/** The pauses of all targets by their id, kept over restarts where there is a directory for it. */
export interface PauseFile {
	get(targetId: string): Pauses;
	set(targetId: string, pauses: Pauses): void;
	/** Resolves when everything that was set is written, or has failed to be. */
	flush(): Promise<void>;
}

/**
 * Opens the state file in `directory`; without one the pauses live in memory. A file that cannot be read or written
 * costs one call of `onFault` and no more: the agent goes on from memory. No secret is in it.
 */
export function openPauseFile(
	directory: string | undefined,
	clock: Clock,
	onFault: (detail: string) => void,
): PauseFile {
	const file = directory === undefined ? undefined : join(directory, 'pauses.json');
	const all = file === undefined ? new Map<string, Pauses>() : load(file, clock, onFault);
	let writing: Promise<void> | undefined;
	let stale = false;
	let failed = false;

	const write = async (path: string) => {
		while (stale) {
			stale = false;
			try {
				await save(path, all, clock);
				failed = false;
			} catch (error) {
				if (!failed) onFault(`pauses are kept in memory only: ${path} cannot be written (${codeOf(error)})`);
				failed = true;
			}
		}
		writing = undefined;
	};

	return {
		get: (targetId) => all.get(targetId) ?? {},
		set(targetId, pauses) {
			if (isDeepStrictEqual(all.get(targetId) ?? {}, pauses)) return;
			all.delete(targetId);
			if (Object.keys(pauses).length > 0) all.set(targetId, pauses);
			for (const oldest of all.keys()) if (all.size > mostTargets) all.delete(oldest);
			stale = true;
			if (file !== undefined) writing ??= write(file);
		},
		flush: async () => writing,
	};
}

function load(file: string, clock: Clock, onFault: (detail: string) => void): Map<string, Pauses> {
	try {
		const written = readPauses(readBounded(file), mostTargets);
		const [wall, now] = [clock.wall(), clock.monotonic()];
		return new Map(written.map(([targetId, pauses]) => [targetId, onClock(pauses, wall, now)]));
	} catch (error) {
		const code = codeOf(error);
		if (code !== 'ENOENT') onFault(`pauses of the last run are forgotten: ${file} cannot be read (${code})`);
		return new Map();
	}
}

function readBounded(file: string): string {
	const { size } = statSync(file);
	if (size > mostBytes) throw new RangeError(`${size} bytes`);
	return readFileSync(file, 'utf8');
}

/** Writes beside the file and renames, so that a crash or a full disk never leaves half a file. */
async function save(file: string, all: ReadonlyMap<string, Pauses>, clock: Clock): Promise<void> {
	const [now, wall] = [clock.monotonic(), clock.wall()];
	const targets = [...all].map(([targetId, pauses]) => [targetId, onClock(pauses, now, wall)] as const);
	const text = `${JSON.stringify({ version: 1, targets: Object.fromEntries(targets) })}\n`;
	const beside = `${file}.new`;
	try {
		await mkdir(join(file, '..'), { recursive: true });
		await writeFile(beside, text, { mode: 0o600, flush: true });
		await rename(beside, file);
	} catch (error) {
		await rm(beside, { force: true }).catch(() => undefined);
		throw error;
	}
}

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'not valid';
}
