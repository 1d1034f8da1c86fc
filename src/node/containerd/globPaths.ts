import { readdirSync } from 'node:fs';
import { posix } from 'node:path';

import { resolveBelow } from '../root.ts';
import { globPart } from './glob.ts';
import { withFailure } from './nodeFile.ts';

/** More files than anyone imports. */
const mostPaths = 200;
const mostEntries = 10_000;

/**
 * The paths below `root` that fit an absolute pattern, sorted in each directory, as Go's filepath.Glob gives them; at
 * most 200. A directory that cannot be read gives none. Throws as `readNodeFile`.
 */
export function globPaths(root: string, pattern: string): string[] {
	let found = ['/'];
	for (const part of pattern.split('/').filter(Boolean)) {
		found = found.flatMap((directory) => step(root, directory, part)).slice(0, mostPaths);
	}
	return found;
}

function step(root: string, directory: string, part: string): string[] {
	if (!/[*?[\\]/.test(part)) return entries(root, directory).includes(part) ? [posix.join(directory, part)] : [];
	const fits = globPart(part);
	if (!fits) return [];
	return entries(root, directory)
		.filter(fits)
		.map((name) => posix.join(directory, name));
}

function entries(root: string, directory: string): string[] {
	const names = withFailure(() => readdirSync(resolveBelow(root, directory)));
	return Array.isArray(names) ? names.slice(0, mostEntries).toSorted() : [];
}
