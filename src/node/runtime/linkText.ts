import { readlinkSync } from 'node:fs';

/** What a symbolic link says; undefined when it is none or may not be read. */
export function linkText(path: string): string | undefined {
	try {
		return readlinkSync(path);
	} catch {
		// A link needs no descriptor: whatever went wrong is the link's own.
		return undefined;
	}
}
