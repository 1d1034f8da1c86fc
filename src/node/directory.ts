import { type Dirent, readdirSync, readlinkSync } from 'node:fs';
import { join, posix } from 'node:path';

import type { NodeFault } from './fault.ts';
import { resolveBelow } from './root.ts';

/** The files of a directory, by their paths on the node. */
export interface Listing {
	readonly files: readonly string[];
	/** Why there are none, or not all. A directory that is not there is no fault. */
	readonly fault?: NodeFault;
}

const mostFiles = 2000;

/**
 * The files in a directory of certificates, as Go lists them: in the order of their names, without links that stand for
 * another entry of the same directory. At most 2,000. Throws only when this process is out of descriptors.
 */
export function listCertificateFiles(root: string, directory: string): Listing {
	try {
		const real = resolveBelow(root, directory);
		const found = readdirSync(real, { withFileTypes: true }).filter((entry) => isOwn(real, entry));
		const names = found.map(({ name }) => name).toSorted((a, b) => (a < b ? -1 : 1));
		const files = names.slice(0, mostFiles).map((name) => posix.join(directory, name));
		const detail = `it holds ${names.length} files, of which ${mostFiles} are read here`;
		return { files, ...(names.length > mostFiles && { fault: { file: directory, fault: 'file_unreadable', detail } }) };
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
		if (code === 'EMFILE' || code === 'ENFILE') throw error;
		if (code === 'ENOENT' || code === 'ENOTDIR') return { files: [] };
		return { files: [], fault: { file: directory, fault: 'file_unreadable', detail: `it cannot be read (${code})` } };
	}
}

function isOwn(directory: string, entry: Dirent): boolean {
	if (!entry.isSymbolicLink()) return !entry.isDirectory();
	return readlinkSync(join(directory, entry.name)).includes('/');
}
