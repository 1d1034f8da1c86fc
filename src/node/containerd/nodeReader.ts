import { closeSync, constants, fstatSync, openSync, opendirSync, readSync } from 'node:fs';

import type { NodeFault } from '../fault.ts';
import { resolveBelow } from '../root.ts';

/** What came of reading a file or directory of the node. */
export type Found<T> =
	| { readonly state: 'read'; readonly value: T }
	| { readonly state: 'missing' }
	/** Neither missing nor what was looked for; `why` goes on its name: `is no directory`. */
	| { readonly state: 'unfit'; readonly why: string }
	/** This process may not, or will not, or could not: that says nothing about the runtime. A fault tells of it. */
	| { readonly state: 'unreadable' };

/**
 * Reads files of a node and keeps account of it. The methods throw only when this process or the machine is out of
 * descriptors: that says nothing about the file.
 */
export interface NodeReader {
	/** The bytes of a regular file of at most `most` bytes, 4 MiB by default; pipes and devices are never waited for. */
	readonly file: (path: string, most?: number) => Found<Buffer>;
	/** The names in a directory, sorted; at most `most` of them, in which case `more` is set. */
	readonly directory: (path: string, most: number) => Found<Listing>;
	/** What was looked at, there or not: to be watched for changes. */
	readonly paths: ReadonlySet<string>;
	/** What could not be read, and whatever else is found wrong. */
	readonly faults: NodeFault[];
}

/** The names in a directory. */
export interface Listing {
	readonly names: readonly string[];
	readonly more: boolean;
}

/** Larger than any list of certificates, in bytes. */
const mostBytes = 4 * 1024 ** 2;

/** Makes a reader of the node below `root`. */
export function createNodeReader(root: string): NodeReader {
	const paths = new Set<string>();
	const faults: NodeFault[] = [];
	const read = <T>(path: string, act: (real: string) => Found<T>): Found<T> => {
		paths.add(path);
		try {
			return act(resolveBelow(root, path));
		} catch (error) {
			return failure(error, path, faults);
		}
	};
	return {
		file: (path, most = mostBytes) => read(path, (real) => readRegular(real, path, { most, faults })),
		directory: (path, most) => read(path, (real) => list(real, most)),
		paths,
		faults,
	};
}

function failure(error: unknown, file: string, faults: NodeFault[]): Found<never> {
	const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
	if (code === 'EMFILE' || code === 'ENFILE') throw error;
	// Go's os.IsNotExist knows ENOENT alone: a file in the place of a directory is a fault for containerd.
	if (code === 'ENOENT') return { state: 'missing' };
	if (code === 'ENOTDIR') return { state: 'unfit', why: 'is no directory' };
	if (code === 'ELOOP' || code === 'ENAMETOOLONG') return { state: 'unfit', why: `cannot be opened (${code})` };
	const denied = code === 'EACCES' || code === 'EPERM';
	const why = denied ? 'run the agent as root, or with the capability DAC_READ_SEARCH' : 'the node could not read it';
	faults.push({ file, fault: 'file_unreadable', detail: `it cannot be read (${code}): ${why}` });
	return { state: 'unreadable' };
}

function readRegular(
	real: string,
	file: string,
	{ most, faults }: { most: number; faults: NodeFault[] },
): Found<Buffer> {
	const descriptor = openSync(real, constants.O_RDONLY | constants.O_NONBLOCK);
	try {
		const about = fstatSync(descriptor);
		if (!about.isFile()) return { state: 'unfit', why: 'is no regular file' };
		if (about.size > most) {
			faults.push({ file, fault: 'file_unreadable', detail: `it is larger than ${most} bytes, and is not read here` });
			return { state: 'unreadable' };
		}
		const bytes = Buffer.alloc(about.size);
		return { state: 'read', value: bytes.subarray(0, readSync(descriptor, bytes)) };
	} finally {
		closeSync(descriptor);
	}
}

function list(real: string, most: number): Found<Listing> {
	const names: string[] = [];
	using directory = opendirSync(real);
	for (let entry = directory.readSync(); entry; entry = directory.readSync()) {
		if (names.length === most) return { state: 'read', value: { names: names.toSorted(), more: true } };
		names.push(entry.name);
	}
	return { state: 'read', value: { names: names.toSorted(), more: false } };
}
