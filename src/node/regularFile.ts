import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/**
 * Opens a regular file for as long as `use` takes; `path` is one of this process, `size` in bytes. Undefined for
 * anything else: a pipe or device is never waited for. Throws what the system says.
 */
export function withRegularFile<T>(path: string, use: (file: number, size: number) => T): T | undefined {
	const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
	try {
		const about = fstatSync(file);
		return about.isFile() ? use(file, about.size) : undefined;
	} finally {
		closeSync(file);
	}
}

const smallest = 1024;

/** The first bytes of an open file: all of it, or one more than `most`. */
export function readStart(file: number, size: number, most: number): Buffer {
	let buffer = Buffer.alloc(Math.min(Math.max(size, smallest), most) + 1);
	for (let length = 0; ;) {
		// A file in /proc says that it is empty: what it holds shows only in reading.
		const read = readSync(file, buffer, length, buffer.length - length, null);
		length += read;
		if (read === 0 || length > most) return buffer.subarray(0, length);
		if (length === buffer.length) buffer = Buffer.concat([buffer], Math.min(length * 2, most + 1));
	}
}
