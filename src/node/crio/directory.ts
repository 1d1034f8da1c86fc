import { posix } from 'node:path';

import { type Entry, listDirectory } from '../directory.ts';
import type { NodeFault } from '../fault.ts';
import { faultOf } from '../found.ts';

const mostEntries = 2000;

/** An entry by its path on the node. A symbolic link is no directory, as for Go's `filepath.Walk`. */
export interface PlacedEntry extends Entry {
	readonly path: string;
}

/** A directory of the node as it was read, or why it was not. */
export type Directory =
	| { readonly state: 'read'; readonly entries: readonly PlacedEntry[] }
	| { readonly state: 'missing' }
	| { readonly state: 'unreadable'; readonly fault: NodeFault };

/** The entries of a directory of the node below `root`, by name, at most 2,000. Throws as `listDirectory` does. */
export function readDirectory(root: string, path: string): Directory {
	const found = listDirectory(root, path, mostEntries);
	if (found.state === 'missing') return found;
	if (found.state !== 'read') return { state: 'unreadable', fault: faultOf(path, found) };
	const entries = found.value.entries.map((entry) => ({ ...entry, path: posix.join(path, entry.name) }));
	return { state: 'read', entries };
}
