import type { NodeFault } from './fault.ts';
import { codeOf, isExhausted, resolveBelow } from './root.ts';

/** What came of reading a file or directory of the node. */
export type Found<T> =
	| { readonly state: 'read'; readonly value: T }
	| { readonly state: 'missing' }
	/** Neither missing nor what was looked for: its reader on the node fails as well. */
	| (Unread & { readonly state: 'unfit' })
	/** This process may not, will not or could not: that says nothing about its reader on the node. */
	| (Unread & { readonly state: 'unreadable' });

/** Why something was not read. */
export interface Unread {
	/** Goes on its name: `is no directory`. */
	readonly why: string;
	/** What the system calls it: `EACCES`; absent where the system has no word for it. */
	readonly code?: string;
}

const forbidden = new Set(['EACCES', 'EPERM']);

/**
 * What comes of doing something with a path of the node below `root`; a missing one is no fault. Throws only when this
 * process is out of descriptors: that says nothing about the path.
 */
export function find<T>(root: string, path: string, act: (real: string) => Found<T>): Found<T> {
	try {
		return act(resolveBelow(root, path));
	} catch (error) {
		if (isExhausted(error)) throw error;
		return failure(codeOf(error));
	}
}

function failure(code: string): Found<never> {
	// ESRCH: what is below /proc belongs to a process that has ended.
	if (code === 'ENOENT' || code === 'ESRCH') return { state: 'missing' };
	if (code === 'ENOTDIR') return { state: 'unfit', why: 'is no directory', code };
	if (code === 'ELOOP' || code === 'ENAMETOOLONG') return { state: 'unfit', why: `cannot be opened (${code})`, code };
	const remedy = forbidden.has(code) ? ': run the agent as root, or with the capability DAC_READ_SEARCH' : '';
	return { state: 'unreadable', why: `cannot be read (${code})${remedy}`, code };
}

/** The same as a fault of the file or directory. */
export function faultOf(file: string, { why }: Unread): NodeFault {
	return { file, fault: 'file_unreadable', detail: `it ${why}` };
}
