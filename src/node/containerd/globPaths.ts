import { readGlob } from '../../registry/glob.ts';
import type { NodeReader } from './nodeReader.ts';

/** More files than anyone imports. */
const mostPaths = 200;
const mostEntries = 10_000;

/**
 * The paths of the node that fit an absolute pattern, sorted in each directory, as Go's filepath.Glob gives them; at
 * most 200. A directory that cannot be read gives none. Throws as `NodeReader`.
 */
export function globPaths(reader: NodeReader, pattern: string): string[] {
	const parts = pattern.split('/').filter(Boolean);
	let found = ['/'];
	for (const part of parts) {
		found = found.flatMap((directory) => step(reader, directory, part)).slice(0, mostPaths);
	}
	return isPattern(parts.at(-1) ?? '') ? found : found.filter((path) => reader.file(path).state !== 'missing');
}

/** Not `posix.join`, which looks at the whole path each time: a path of many parts took seconds. */
const join = (directory: string, name: string) => (directory === '/' ? `/${name}` : `${directory}/${name}`);
const isPattern = (part: string) => /[*?[\\]/.test(part);

function step(reader: NodeReader, directory: string, part: string): string[] {
	if (!isPattern(part)) return [join(directory, part)];
	const fits = readGlob(part);
	if (!fits) return [];
	const listed = reader.directory(directory, mostEntries);
	if (listed.state !== 'read') return [];
	return listed.value.entries.filter(({ name }) => fits(name)).map(({ name }) => join(directory, name));
}
