import { readdirSync } from 'node:fs';

import { resolveBelow, unlessExhausted } from '../root.ts';

const mostNames = 5000;

/**
 * The names in a directory of the node, sorted by their characters; none where it cannot be read. Throws only when this
 * process is out of descriptors.
 */
export function fileNames(root: string, directory: string): string[] {
	const names = unlessExhausted(() => readdirSync(resolveBelow(root, directory))) ?? [];
	return names.slice(0, mostNames).toSorted((a, b) => (a < b ? -1 : 1));
}
