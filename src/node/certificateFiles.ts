import { posix } from 'node:path';

import { type Entry, listDirectory } from './directory.ts';
import type { NodeFault } from './fault.ts';
import { faultOf } from './found.ts';
import { linkText } from './link.ts';
import { resolveBelow } from './root.ts';

/** The files of a directory, by their paths on the node. */
export interface CertificateFiles {
	readonly files: readonly string[];
	/** Why there are none, or not all. A directory that is not there is no fault. */
	readonly fault?: NodeFault;
}

const mostFiles = 2000;

/**
 * The files in a directory of certificates, as Go lists them: in the order of their names, without links that stand for
 * another entry of the same directory. At most 2,000. Throws only when this process is out of descriptors.
 */
export function listCertificateFiles(root: string, directory: string): CertificateFiles {
	const found = listDirectory(root, directory);
	if (found.state === 'missing') return { files: [] };
	if (found.state !== 'read') {
		return { files: [], ...(found.code !== 'ENOTDIR' && { fault: faultOf(directory, found) }) };
	}
	const real = resolveBelow(root, directory);
	const names = found.value.entries.filter((entry) => isOwn(real, entry)).map(({ name }) => name);
	const files = names.slice(0, mostFiles).map((name) => posix.join(directory, name));
	const why = `holds ${names.length} files, of which ${mostFiles} are read here`;
	return { files, ...(names.length > mostFiles && { fault: faultOf(directory, { why }) }) };
}

function isOwn(directory: string, { name, isDirectory, isLink }: Entry): boolean {
	return isLink ? (linkText(posix.join(directory, name)) ?? '').includes('/') : !isDirectory;
}
