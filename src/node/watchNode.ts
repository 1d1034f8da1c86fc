import { statSync } from 'node:fs';

import { codeOf, isExhausted, resolveBelow } from './root.ts';

export interface WatchNodeOptions {
	readonly root: string;
	/** Seconds between two looks; 5 by default, so that a change is noticed within 10. */
	readonly interval?: number;
	/** When the files were read, in epoch milliseconds: what has changed since counts as a change; now by default. */
	readonly since?: number;
}

export interface NodeWatch {
	close(): void;
}

/** Beyond it paths are not looked at: a look at this many takes a few milliseconds. */
const mostPaths = 2000;
/** The clock of file systems goes in steps of up to 10 ms: two writes within one step have the same times. */
const clockStep = 25;

/**
 * Calls `onChange` with the paths of the node below `root` that have changed: written in place, replaced by a rename,
 * reached through a symbolic link that was swapped, created where there was none, or removed. Of a directory a change is
 * that an entry came or went. Of a path in /proc only that it came or went, because the kernel makes such files anew
 * whenever it likes. `paths` is asked at every look, so that it may name other files after each change. Nothing is kept
 * open, and the timer keeps no process alive. `onChange` must not throw.
 */
export function watchNode(
	paths: () => readonly string[],
	onChange: (changed: readonly string[]) => void,
	{ root, interval = 5, since = Date.now() }: WatchNodeOptions,
): NodeWatch {
	let stamps: ReadonlyMap<string, Stamp> = new Map();
	// What was read before the first look, or is named for the first time, may have changed in between.
	let lookedAt = since;
	const look = (): string[] => {
		const now = Date.now();
		const next = new Map<string, Stamp>();
		const changed: string[] = [];
		for (const path of new Set(paths().slice(0, mostPaths))) {
			const before = stamps.get(path);
			const stamp = stampOf(root, path) ?? before ?? unknown;
			next.set(path, stamp);
			const young = before === undefined && stamp.changedAt > lookedAt;
			if (young || before?.unsettled === true || (before && before.text !== stamp.text)) changed.push(path);
		}
		stamps = next;
		lookedAt = now - clockStep;
		return changed;
	};
	let pending = look();
	const timer = setInterval(() => {
		const changed = [...new Set([...pending, ...look()])];
		pending = [];
		if (changed.length > 0) onChange(changed);
	}, interval * 1000).unref();
	return { close: () => clearInterval(timer) };
}

interface Stamp {
	/** Differs when the content may differ. */
	readonly text: string;
	/** Epoch milliseconds; 0 when there is no such file. */
	readonly changedAt: number;
	/** Changed so recently that a later write might leave the same stamp. */
	readonly unsettled: boolean;
}

const unknown: Stamp = { text: '', changedAt: 0, unsettled: false };

/** Undefined when this process, or the machine, is short of something: that says nothing about the file. */
function stampOf(root: string, path: string): Stamp | undefined {
	try {
		const found = statSync(resolveBelow(root, path), { bigint: true });
		if (path.startsWith('/proc/')) return { ...unknown, text: 'there' };
		const { dev, ino, size, mode, mtimeNs, ctimeNs } = found;
		const changedAt = Number(ctimeNs / 1_000_000n);
		return {
			text: [dev, ino, size, mode, mtimeNs, ctimeNs].join(' '),
			changedAt,
			unsettled: Math.abs(Date.now() - changedAt) < clockStep,
		};
	} catch (error) {
		const code = codeOf(error);
		return isExhausted(error) || code === 'ENOMEM' ? undefined : { ...unknown, text: code };
	}
}
