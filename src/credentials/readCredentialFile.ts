import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** As much as a Secret can hold. */
const mostBytes = 1024 ** 2;

/** The text of a credential file. Throws when it cannot be read, is too large, or is no regular file. */
export async function readCredentialFile(path: string): Promise<string> {
	// Without waiting for whoever writes to it, should it be a pipe.
	await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
	const about = await file.stat();
	if (!about.isFile() || about.size > mostBytes) throw new Error('no credential file');
	const { bytesRead, buffer } = await file.read(Buffer.alloc(about.size));
	return buffer.toString('utf8', 0, bytesRead);
}
