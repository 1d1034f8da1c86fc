import { readlinkSync } from 'node:fs';
import { posix } from 'node:path';

import { resolveBelow, unlessExhausted } from './root.ts';

/** What a symbolic link says, by its path in this process; undefined when it is none or may not be read. */
export function linkText(path: string): string | undefined {
	try {
		return readlinkSync(path);
	} catch {
		// A link needs no descriptor: whatever went wrong is the link's own.
		return undefined;
	}
}

/** What the link at a path of the node below `root` says; links on the way to it are followed. */
export function linkBelow(root: string, path: string): string | undefined {
	const directory = unlessExhausted(() => resolveBelow(root, posix.dirname(path)));
	return directory === undefined ? undefined : linkText(posix.join(directory, posix.basename(path)));
}
