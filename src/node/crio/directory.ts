import { lstatSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

import type { NodeFault } from '../fault.ts';
import { resolveBelow } from '../root.ts';

const mostEntries = 2000;

/** One entry of a directory, by its path on the node. */
export interface Entry {
	readonly name: string;
	readonly path: string;
	/** What the entry itself is; a symbolic link is none, as for Go's `filepath.Walk`. */
	readonly isDirectory: boolean;
}

/** A directory of the node as it was read, or why it was not. */
export type Directory =
	| { readonly state: 'read'; readonly entries: readonly Entry[] }
	| { readonly state: 'missing' }
	| { readonly state: 'unreadable'; readonly fault: NodeFault };

/**
 * The entries of a directory of the node below `root`, by name, at most 2,000; a missing one is no fault. Throws only
 * when this process is out of descriptors: that says nothing about the directory.
 */
export function readDirectory(root: string, path: string): Directory {
	try {
		const found = readdirSync(resolveBelow(root, path), { withFileTypes: true });
		const entries = found
			.map((entry) => ({ name: entry.name, path: posix.join(path, entry.name), isDirectory: entry.isDirectory() }))
			.toSorted((a, b) => (a.name < b.name ? -1 : 1))
			.slice(0, mostEntries);
		return { state: 'read', entries };
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
		if (code === 'EMFILE' || code === 'ENFILE') throw error;
		if (code === 'ENOENT') return { state: 'missing' };
		return { state: 'unreadable', fault: { file: path, fault: 'file_unreadable', detail: whyOf(code) } };
	}
}

/** Whether the last part of a path is a symbolic link. */
export function isLink(root: string, path: string): boolean {
	try {
		const parent = resolveBelow(root, posix.dirname(path));
		return lstatSync(join(parent, posix.basename(path))).isSymbolicLink();
	} catch {
		return false;
	}
}

function whyOf(code: string): string {
	if (code === 'ENOTDIR') return 'it is no directory';
	if (code !== 'EACCES' && code !== 'EPERM') return `it cannot be read (${code})`;
	return 'permission denied: run as root, or with the capability DAC_READ_SEARCH';
}
