import type { Duplex } from 'node:stream';

/** Bytes that may come beside a body: a head of the longest size, its line ends, and what informational answers take. */
const spare = 256 * 1024;
/** Bytes on the wire for each byte of a body: chunks of one byte take six. */
const most = 8;

/**
 * Watches a connection for bytes that are no content: a status line, empty lines, chunk extensions or trailers without
 * end, which a parser swallows for ever. Calls `over` once when there are too many of them. `content` tells how many
 * bytes of a body have arrived since. Gives the end of the watch.
 */
export function watchForFlood(socket: Duplex, content: () => number, over: () => void): () => void {
	const began = bytesRead(socket);
	const look = () => {
		if (bytesRead(socket) - began <= spare + most * content()) return;
		stop();
		over();
	};
	const stop = () => void socket.off('readable', look);
	socket.on('readable', look);
	return stop;
}

/** Bytes that have come over a socket, TLS or not; 0 for a stream that does not count. */
export function bytesRead(socket: Duplex): number {
	return 'bytesRead' in socket && typeof socket.bytesRead === 'number' ? socket.bytesRead : 0;
}
