import { closeSync, openSync, readSync } from 'node:fs';

/** A file that is read piece by piece, and how many bytes were read of it. */
export function fileReader(path: string) {
	const file = openSync(path, 'r');
	let total = 0;
	return {
		read: (offset: number, length: number): Buffer => {
			const buffer = Buffer.alloc(length);
			const read = readSync(file, buffer, 0, length, offset);
			total += read;
			return buffer.subarray(0, read);
		},
		bytes: () => total,
		[Symbol.dispose]: () => closeSync(file),
	};
}
