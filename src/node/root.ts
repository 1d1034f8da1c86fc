import { lstatSync, readlinkSync } from 'node:fs';
import { join, posix } from 'node:path';

/** As many as Linux follows before it answers ELOOP (path_resolution(7)). */
const maximumLinks = 40;
/** Bytes of a path that Linux takes, its end not counted; a longer one it answers with ENAMETOOLONG. */
const maximumLength = 4095;

/**
 * The real path of a node's file below `root`. Absolute symbolic links are read as the node would read them, inside
 * `root`, and `..` never leaves it: `/host/etc/resolv.conf -> /run/x` is `/host/run/x`.
 * Throws an error with code ELOOP when links go round and ENAMETOOLONG where the path is too long, or grows so by links;
 * a path that does not exist is returned as it is. `onLink` hears of the links on the way, as this process sees them;
 * below `/`, where the kernel follows them, of none.
 */
export function resolveBelow(root: string, path: string, onLink?: (link: string) => void): string {
	if (root === '/') return path;
	refuseTooLong(path);
	const open = path.split('/').reverse();
	let at = '/';
	let links = 0;
	for (let part = open.pop(); part !== undefined; part = open.pop()) {
		if (part === '' || part === '.') continue;
		const next = posix.join(at, part);
		const link = part === '..' ? undefined : linkAt(join(root, next));
		if (link === undefined) {
			refuseTooLong(next);
			at = next;
			continue;
		}
		if (++links > maximumLinks) throw Object.assign(new Error(`too many links in ${path}`), { code: 'ELOOP' });
		onLink?.(join(root, next));
		if (link.startsWith('/')) at = '/';
		open.push(...link.split('/').reverse());
	}
	return join(root, at);
}

function refuseTooLong(path: string): void {
	if (Buffer.byteLength(path) <= maximumLength) return;
	throw Object.assign(new Error(`a path of ${path.length} characters`), { code: 'ENAMETOOLONG' });
}

function linkAt(path: string): string | undefined {
	try {
		// Asked first: an error for each part of each path that is no link costs more than all the rest.
		return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(path) : undefined;
	} catch {
		return undefined;
	}
}

/** What `read` gives, undefined when it fails. Throws when it fails because this process, or the machine, has no descriptor left. */
export function unlessExhausted<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		if (isExhausted(error)) throw error;
		return undefined;
	}
}

/** Whether this process, or the machine, has no descriptor left: that says nothing about any file. */
export function isExhausted(error: unknown): boolean {
	return ['EMFILE', 'ENFILE'].includes(codeOf(error));
}

/** What the system calls an error: `ENOENT`. */
export function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
