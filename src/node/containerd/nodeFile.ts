import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

import type { NodeFault } from '../fault.ts';
import { resolveBelow } from '../root.ts';

/** What came of reading a file of the node. */
export type NodeFile =
	| { readonly state: 'read'; readonly bytes: Buffer }
	| { readonly state: 'missing' }
	/** Neither missing nor a file that a program would read; `why` goes on the name of the file. */
	| { readonly state: 'unfit'; readonly why: string }
	/** This process may not, or could not; it says nothing about the runtime, which is root. */
	| { readonly state: 'unreadable'; readonly code: string };

/** Larger than any configuration or list of certificates. */
const mostBytes = 4 * 1024 ** 2;

/**
 * Reads a file below `root`. Pipes and devices are never waited for. Throws only when this process or the machine is
 * out of descriptors: that says nothing about the file.
 */
export function readNodeFile(root: string, path: string, most: number = mostBytes): NodeFile {
	return withFailure(() => {
		const descriptor = openSync(resolveBelow(root, path), constants.O_RDONLY | constants.O_NONBLOCK);
		try {
			if (!fstatSync(descriptor).isFile()) return { state: 'unfit', why: 'is no regular file' };
			const bytes = Buffer.alloc(Math.min(fstatSync(descriptor).size, most) + 1);
			let filled = 0;
			for (let read = -1; read !== 0 && filled < bytes.length; filled += read) {
				read = readSync(descriptor, bytes, filled, bytes.length - filled, null);
			}
			if (filled > most) return { state: 'unfit', why: `is larger than ${most} bytes` };
			return { state: 'read', bytes: bytes.subarray(0, filled) };
		} finally {
			closeSync(descriptor);
		}
	});
}

/** What `act` gives, or what its failure says about the file. Throws as `readNodeFile`. */
export function withFailure<T>(act: () => T): T | Exclude<NodeFile, { readonly state: 'read' }> {
	try {
		return act();
	} catch (error) {
		const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
		if (code === 'EMFILE' || code === 'ENFILE') throw error;
		// Go's os.IsNotExist knows ENOENT alone: a file in the place of a directory is a fault for containerd.
		if (code === 'ENOENT') return { state: 'missing' };
		if (code === 'ENOTDIR' || code === 'EISDIR') return { state: 'unfit', why: 'is no regular file' };
		if (code === 'ELOOP' || code === 'ENAMETOOLONG') return { state: 'unfit', why: `cannot be opened (${code})` };
		return { state: 'unreadable', code };
	}
}

/** The fault of a file that this process cannot read, with what it needs. */
export function unreadable(file: string, code: string): NodeFault {
	const denied = code === 'EACCES' || code === 'EPERM';
	const remedy = denied ? 'the agent needs to run as root, or with CAP_DAC_READ_SEARCH' : 'the node could not read it';
	return { file, fault: 'file_unreadable', detail: `The file cannot be read (${code}): ${remedy}.` };
}
