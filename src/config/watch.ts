import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** Between two looks. A change is told when two looks agree, so at most two of them after it. */
const pause = 500;
const mostBytes = 8 * 1024 ** 2;

/** A file as it was last seen: what `stat` says of it, and what is in it. */
interface Look {
	readonly about: string;
	readonly content: string;
}

/**
 * Calls `onChange` within two seconds after the content of one of the files changed: written in place, replaced by
 * renaming, reached through another symbolic link (as in a ConfigMap), gone, or there again. It looks at the files
 * instead of being told by the kernel, because network and overlay file systems do not tell. `files` is asked before
 * every look; a file that it names for the first time is no change. A file that is still being written is waited for.
 * Ends with the signal; keeps no process alive.
 */
export function watchConfig(files: () => readonly string[], onChange: () => void, signal: AbortSignal): void {
	void watch(files, onChange, signal);
}

async function watch(files: () => readonly string[], onChange: () => void, signal: AbortSignal): Promise<void> {
	let told = await lookAll(files(), new Map());
	let last = told;
	while (await paused(signal)) {
		const now = await lookAll(files(), last);
		const settled = [...now].every(([file, { content }]) => (last.get(file)?.content ?? content) === content);
		const changed = [...now].some(([file, { content }]) => (told.get(file)?.content ?? content) !== content);
		last = now;
		if (!settled) continue;
		told = now;
		if (changed && !signal.aborted) onChange();
	}
}

async function paused(signal: AbortSignal): Promise<boolean> {
	try {
		await wait(pause, undefined, { signal, ref: false });
		return true;
	} catch {
		return false;
	}
}

async function lookAll(
	files: readonly string[],
	before: ReadonlyMap<string, Look>,
): Promise<ReadonlyMap<string, Look>> {
	return new Map(await Promise.all(files.map(async (file) => [file, await look(file, before.get(file))] as const)));
}

/** Reads a file only when `stat`, which follows symbolic links, says something new. */
async function look(file: string, before: Look | undefined): Promise<Look> {
	try {
		const found = await stat(file, { bigint: true });
		const { dev, ino, size, mtimeNs, ctimeNs } = found;
		const about = [dev, ino, size, mtimeNs, ctimeNs].join();
		if (before?.about === about) return before;
		const content =
			size > mostBytes
				? about
				: createHash('sha256')
						.update(await readFile(file))
						.digest('hex');
		return { about, content };
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		return { about: code, content: code };
	}
}
