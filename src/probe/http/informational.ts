import type { Duplex } from 'node:stream';

import { TooManyInformational } from './failure.ts';

/** As many as Go's client takes before the answer that counts. */
const maximumInformational = 5;
/** The longest head of one, as of any answer. */
const maximumHead = 64 * 1024;
const blankLine = '\r\n\r\n';

/** What the reader is told while a request waits for the answer that counts. */
interface Waiting {
	/** The beginning of a head that may be an informational one. */
	held: Buffer;
	skipped: number;
	/** Called when they have no end. */
	readonly flooded: (error: TooManyInformational) => void;
}

/**
 * Leaves informational answers (1xx, RFC 9110, 15.2) out of what a connection gives to its reader, as Go's client does:
 * undici takes a `100 Continue` that it did not ask for as a broken connection, but servers and proxies send it all the
 * same. 101 is passed on, for what follows it is no HTTP.
 */
export class Informational {
	/** Undefined where the answer that counts has begun. */
	#waiting: Waiting | undefined;

	constructor(socket: Duplex) {
		const read = socket.read.bind(socket);
		socket.read = (size?: number): unknown => {
			for (;;) {
				const chunk: unknown = read(size);
				const rest = chunk instanceof Buffer ? this.#skip(chunk) : chunk;
				if (rest !== 'more') return rest;
			}
		};
	}

	/** A request was sent: what comes next is the head of an answer. */
	expect(flooded: Waiting['flooded']): void {
		this.#waiting = { held: Buffer.alloc(0), skipped: 0, flooded };
	}

	/** What the reader gets of a chunk; `more`: nothing before another one has come. */
	#skip(chunk: Buffer): Buffer | 'more' | null {
		const waiting = this.#waiting;
		if (!waiting) return chunk;
		let held = waiting.held.length === 0 ? chunk : Buffer.concat([waiting.held, chunk]);
		while (mayBeInformational(held)) {
			const end = held.indexOf(blankLine);
			if (end < 0 && held.length <= maximumHead) {
				waiting.held = held;
				return 'more';
			}
			waiting.skipped++;
			if (end < 0 || waiting.skipped > maximumInformational) {
				waiting.flooded(new TooManyInformational());
				return null;
			}
			held = held.subarray(end + blankLine.length);
		}
		this.#waiting = undefined;
		return held;
	}
}

/** Whether these bytes begin an informational answer, as far as they go. */
function mayBeInformational(bytes: Buffer): boolean {
	const example = 'HTTP/1.1 100 ';
	const start = bytes.toString('latin1', 0, example.length);
	return /^HTTP\/1\.[01] 1(?:0[02-9]|[1-9]\d)[ \r]$/.test(start + example.slice(start.length));
}
