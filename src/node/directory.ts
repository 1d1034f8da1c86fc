import { opendirSync } from 'node:fs';

import { type Found, find } from './found.ts';

/** One entry of a directory, itself: a symbolic link is what it is, wherever it leads. */
export interface Entry {
	readonly name: string;
	readonly isDirectory: boolean;
	readonly isLink: boolean;
}

/** What is in a directory. */
export interface Listing {
	/** By name. */
	readonly entries: readonly Entry[];
	/** There are others, which were left out. */
	readonly more: boolean;
}

/** More entries than any directory of a node has that we look into. */
const mostRead = 50_000;

/** The entries of a directory of the node below `root`, at most `most` of them. Throws as `find` does. */
export function listDirectory(root: string, path: string, most = mostRead): Found<Listing> {
	return find(root, path, (real) => {
		const all = entriesOf(real);
		const entries = all.toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, most);
		return { state: 'read', value: { entries, more: all.length > most } };
	});
}

/** The names alone; none where the directory cannot be read. Throws as `find` does. */
export function fileNames(root: string, path: string, most = mostRead): readonly string[] {
	const found = listDirectory(root, path, most);
	return found.state === 'read' ? found.value.entries.map(({ name }) => name) : [];
}

function entriesOf(path: string): Entry[] {
	const entries: Entry[] = [];
	using directory = opendirSync(path, { bufferSize: 256 });
	for (let entry = directory.readSync(); entry && entries.length <= mostRead; entry = directory.readSync()) {
		entries.push({ name: entry.name, isDirectory: entry.isDirectory(), isLink: entry.isSymbolicLink() });
	}
	return entries;
}
