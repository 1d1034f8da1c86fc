import { posix } from 'node:path';

import { globPart } from './glob.ts';
import type { NodeReader } from './nodeReader.ts';

/** More files than anyone imports. */
const mostPaths = 200;
const mostEntries = 10_000;

/**
 * The paths of the node that fit an absolute pattern, sorted in each directory, as Go's filepath.Glob gives them; at
 * most 200. A directory that cannot be read gives none. Throws as `NodeReader`.
 */
export function globPaths(reader: NodeReader, pattern: string): string[] {
	let found = ['/'];
	for (const part of pattern.split('/').filter(Boolean)) {
		found = found.flatMap((directory) => step(reader, directory, part)).slice(0, mostPaths);
	}
	return found;
}

function step(reader: NodeReader, directory: string, part: string): string[] {
	if (!/[*?[\\]/.test(part)) return entries(reader, directory).includes(part) ? [posix.join(directory, part)] : [];
	const fits = globPart(part);
	if (!fits) return [];
	return entries(reader, directory)
		.filter(fits)
		.map((name) => posix.join(directory, name));
}

function entries(reader: NodeReader, directory: string): readonly string[] {
	const found = reader.directory(directory, mostEntries);
	return found.state === 'read' ? found.value.names : [];
}
