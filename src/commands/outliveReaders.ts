import type { Writable } from 'node:stream';

/** Written to a pipe whose reader is gone, as in `registry-probe plan | head -1`. */
const gone: ReadonlySet<unknown> = new Set(['EPIPE', 'ERR_STREAM_DESTROYED']);

/** Lets the process go on when nobody reads its output any more; its exit code still counts. Other errors stay errors. */
export function outliveReaders(...streams: readonly Writable[]): void {
	for (const stream of streams) {
		stream.on('error', (error: NodeJS.ErrnoException) => {
			if (!gone.has(error.code)) throw error;
		});
	}
}
