import { listDirectory, type Listing } from '../directory.ts';
import type { NodeFault } from '../fault.ts';
import { faultOf, type Found } from '../found.ts';
import { readBytes } from '../nodeFile.ts';

/**
 * Reads files of a node and keeps account of it. The methods throw only when this process or the machine is out of
 * descriptors: that says nothing about the file.
 */
export interface NodeReader {
	/** The bytes of a regular file of at most `most` bytes, 4 MiB by default. */
	readonly file: (path: string, most?: number) => Found<Buffer>;
	/** What is in a directory, at most `most` entries. */
	readonly directory: (path: string, most: number) => Found<Listing>;
	/** What was looked at, there or not: to be watched for changes. */
	readonly paths: ReadonlySet<string>;
	/** What this process could not read, and whatever else is found wrong. */
	readonly faults: NodeFault[];
}

/** Makes a reader of the node below `root`. */
export function createNodeReader(root: string): NodeReader {
	const paths = new Set<string>();
	const faults: NodeFault[] = [];
	const noted = <T>(path: string, found: Found<T>): Found<T> => {
		paths.add(path);
		if (found.state === 'unreadable') faults.push(faultOf(path, found));
		return found;
	};
	return {
		file: (path, most) => noted(path, readBytes(root, path, most)),
		directory: (path, most) => noted(path, listDirectory(root, path, most)),
		paths,
		faults,
	};
}
