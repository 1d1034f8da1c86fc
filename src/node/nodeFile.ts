import type { NodeFault } from './fault.ts';
import { faultOf, type Found, find } from './found.ts';
import { readStart, withRegularFile } from './regularFile.ts';

/** The text of a file of the node, or why it was not read. */
export type NodeFile =
	| { readonly state: 'read'; readonly text: string }
	| { readonly state: 'missing' }
	| { readonly state: 'unreadable'; readonly fault: NodeFault };

/** Larger files are no configuration, and no list of certificates. */
const mostBytes = 4 * 1024 ** 2;

/** The bytes of a file of the node below `root`, at most `most` of them. Throws as `find` does; so do the others. */
export function readBytes(root: string, path: string, most = mostBytes): Found<Buffer> {
	const found = readPart(root, path, most);
	if (found.state !== 'read' || found.value.length <= most) return found;
	return { state: 'unreadable', why: `is larger than ${most} bytes, and is not read here` };
}

/** The text of a file of the node below `root`, at most 4 MiB. A file in the place of a directory counts as missing. */
export function readNodeFile(root: string, path: string): NodeFile {
	const found = readBytes(root, path);
	if (found.state === 'read') return { state: 'read', text: found.value.toString() };
	if (found.state === 'missing' || found.code === 'ENOTDIR') return { state: 'missing' };
	return { state: 'unreadable', fault: faultOf(path, found) };
}

/** The text of a file of the node below `root`, at most `most` bytes of it; undefined when it cannot be read. */
export function readBelow(root: string, path: string, most = mostBytes): string | undefined {
	const found = readPart(root, path, most);
	return found.state === 'read' ? found.value.toString('utf8', 0, most) : undefined;
}

/** All of a file, or one byte more than `most`. */
function readPart(root: string, path: string, most: number): Found<Buffer> {
	return find(root, path, (real) => {
		const value = withRegularFile(real, (file, size) => readStart(file, size, most));
		return value ? { state: 'read', value } : { state: 'unfit', why: 'is no regular file' };
	});
}
