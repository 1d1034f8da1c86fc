import { quotedPath } from '../../registry/quotable.ts';
import type { CaFile, ClientFiles } from './facts.ts';

/** Whether a setting has the form of a path: with a slash or dot at its beginning, or an extension at its end. */
export function isPath(text: string): boolean {
	const named = /^[\w/-]+\.\w{1,10}$/.test(text) ? `./${text}` : text;
	return text === '' || quotedPath(named, '') !== '';
}

const hidden = 'REDACTED';
const problem = 'what is named is no path of a file';

/**
 * A CA file as it was found by what is `written`. Where there is no such file and no path is written, that may be anything
 * of a person's, a key for one, and is not kept.
 */
export function namedAuthority(found: CaFile, written: string): CaFile {
	return found.problem === undefined || isPath(written) ? found : { ...found, path: hidden, problem };
}

/** The same of a client certificate and its key. */
export function namedClient(found: ClientFiles, written: readonly string[]): ClientFiles {
	if (found.problem === undefined || written.every(isPath)) return found;
	return { ...found, certificate: hidden, key: hidden, problem };
}
