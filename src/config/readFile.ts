import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

import { Wrong } from './fault.ts';

const causes: Readonly<Record<string, string>> = {
	ENOENT: 'no such file',
	EACCES: 'permission denied',
	EPERM: 'permission denied',
	EISDIR: 'it is a directory',
	ENOTDIR: 'no such file',
	ELOOP: 'symbolic links go round',
};

/** The text of a file of at most `most` bytes, or why there is none. */
export async function readFile(path: string, most: number): Promise<string | Wrong> {
	try {
		// Without waiting for whoever writes to it, should it be a pipe.
		await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
		const about = await file.stat();
		if (!about.isFile()) return unreadable(about.isDirectory() ? 'it is a directory' : 'it is not a regular file');
		const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(about.size, most) + 1));
		if (bytesRead > most) return unreadable(`it has more than ${most} bytes`);
		return buffer.toString('utf8', 0, bytesRead);
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
		return unreadable(causes[code] ?? code);
	}
}

function unreadable(cause: string): Wrong {
	return new Wrong(`cannot be read: ${cause}`, 'check the path, as this process sees it');
}
