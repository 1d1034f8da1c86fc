import type { ReadStream } from 'node:tty';

/** Reads single keys until disposed of; the terminal is then as it was. Ctrl-C comes as a key. */
export function readKeys(input: ReadStream, pressed: (key: string) => void): Disposable {
	const listener = (data: Buffer) => {
		for (const key of data.toString()) pressed(key);
	};
	input.setRawMode(true);
	input.on('data', listener);
	input.resume();
	return {
		[Symbol.dispose]() {
			input.off('data', listener);
			input.setRawMode(false);
			input.pause();
		},
	};
}
