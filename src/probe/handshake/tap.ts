import { Duplex } from 'node:stream';

/** How many of the first bytes are kept. */
const kept = 64;

/** Passes everything through and remembers the first bytes that came from the other side. */
export class Tap extends Duplex {
	readonly #inner: Duplex;
	#first = Buffer.alloc(0);

	constructor(inner: Duplex) {
		super({ allowHalfOpen: false });
		this.#inner = inner;
		inner.on('data', (chunk: Buffer) => {
			if (this.#first.length < kept) this.#first = Buffer.concat([this.#first, chunk]).subarray(0, kept);
			if (!this.push(chunk)) inner.pause();
		});
		inner.on('end', () => this.push(null));
		inner.on('error', (error) => this.destroy(error));
		inner.on('close', () => this.destroy());
	}

	get first(): Buffer {
		return this.#first;
	}

	override _read(): void {
		this.#inner.resume();
	}

	override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
		this.#inner.write(chunk, encoding, done);
	}

	override _final(done: (error?: Error | null) => void): void {
		this.#inner.end(done);
	}

	override _destroy(error: Error | null, done: (error: Error | null) => void): void {
		this.#inner.destroy();
		done(error);
	}
}
