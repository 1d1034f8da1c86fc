import { posix } from 'node:path';

import { fileNames } from './directory.ts';

/** Deep enough for `certs.d/host/file`. */
const deepest = 2;
const mostFiles = 1000;

/** These paths, and of directories what is in them too, so that a file that is written in place is noticed. */
export function watchedFiles(root: string, paths: readonly string[]): readonly string[] {
	return paths.flatMap((path) => [path, ...below(root, path, deepest)]).slice(0, mostFiles);
}

function below(root: string, path: string, depth: number): readonly string[] {
	if (depth === 0) return [];
	return fileNames(root, path, mostFiles).flatMap((name) => {
		const inner = posix.join(path, name);
		return [inner, ...below(root, inner, depth - 1)];
	});
}
