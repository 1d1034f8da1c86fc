import { readGlob } from '../../registry/glob.ts';
import { fileNames } from '../directory.ts';

const mostPaths = 200;
const isPattern = (part: string) => /[*?[]/.test(part);

/**
 * The paths of the node that a pattern of glob(7) names, in order; the pattern itself where it is a plain path, there
 * or not. At most 200. Throws only when this process is out of descriptors.
 */
export function expandGlob(root: string, pattern: string): string[] {
	if (!isPattern(pattern)) return [pattern];
	let paths = ['/'];
	for (const part of pattern.split('/').filter((one) => one !== '')) {
		const join = (path: string, name: string) => (path === '/' ? `/${name}` : `${path}/${name}`);
		paths = isPattern(part)
			? paths.flatMap((path) => namesIn(root, path, part).map((name) => join(path, name))).slice(0, mostPaths)
			: paths.map((path) => join(path, part));
	}
	return paths;
}

/** Beside what Go's patterns have, `[!a]` is `[^a]`, and a dot in front of a name must be written out. */
function namesIn(root: string, directory: string, pattern: string): string[] {
	const fits = readGlob(pattern.replaceAll('[!', '[^'));
	return fits
		? fileNames(root, directory).filter((name) => fits(name) && (!name.startsWith('.') || pattern.startsWith('.')))
		: [];
}
