import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

import type { NodeFault } from './fault.ts';
import { resolveBelow } from './root.ts';

/** A file of the node as it was read, or why it was not. */
export type NodeFile =
	| { readonly state: 'read'; readonly text: string }
	| { readonly state: 'missing' }
	| { readonly state: 'unreadable'; readonly fault: NodeFault };

/** Larger files are no configuration. */
const mostBytes = 4 * 1024 ** 2;
const missing = new Set(['ENOENT', 'ENOTDIR']);
const forbidden = new Set(['EACCES', 'EPERM']);

/**
 * Reads a file of the node below `root`; a missing one is no fault. Throws only when this process is out of
 * descriptors: that says nothing about the file.
 */
export function readNodeFile(root: string, path: string): NodeFile {
	try {
		return readRegular(resolveBelow(root, path), path);
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
		if (code === 'EMFILE' || code === 'ENFILE') throw error;
		if (missing.has(code)) return { state: 'missing' };
		const why = forbidden.has(code)
			? 'permission denied: run as root, or with the capability DAC_READ_SEARCH'
			: `it cannot be read (${code})`;
		return unreadable(path, why);
	}
}

function readRegular(real: string, path: string): NodeFile {
	// Without waiting for whoever writes to it, should it be a pipe.
	const file = openSync(real, constants.O_RDONLY | constants.O_NONBLOCK);
	try {
		const about = fstatSync(file);
		if (!about.isFile()) return unreadable(path, about.isDirectory() ? 'it is a directory' : 'it is no regular file');
		if (about.size > mostBytes) return unreadable(path, 'it is larger than 4 MiB');
		const buffer = Buffer.alloc(about.size);
		return { state: 'read', text: buffer.toString('utf8', 0, readSync(file, buffer)) };
	} finally {
		closeSync(file);
	}
}

function unreadable(file: string, detail: string): NodeFile {
	return { state: 'unreadable', fault: { file, fault: 'file_unreadable', detail } };
}
