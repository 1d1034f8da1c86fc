import type { Finding } from './attempt.ts';
import type { Outcome, Wish } from './campaign.ts';

/** What a thread is started with. */
export interface ThreadData {
	readonly target: string;
	readonly wish: Wish;
	readonly present: SharedArrayBuffer;
}

/** What it tells. */
export type Told =
	| { readonly is: 'finding'; readonly finding: Finding }
	| { readonly is: 'kept'; readonly input: Buffer }
	| ({ readonly is: 'outcome' } & Outcome);

const headLength = 8;
const longestInput = 8 * 1024 * 1024;

/** Memory of two threads that holds the input of the moment: how many there were, its length, its bytes. */
export function newPresent(): SharedArrayBuffer {
	return new SharedArrayBuffer(headLength + longestInput);
}

/** Puts an input there. */
export function present(memory: SharedArrayBuffer, input: Buffer): void {
	const head = new Int32Array(memory, 0, 2);
	const shown = input.subarray(0, longestInput);
	new Uint8Array(memory, headLength).set(shown);
	Atomics.store(head, 1, shown.length);
	Atomics.add(head, 0, 1);
}

/** How many inputs were put there. */
export function presented(memory: SharedArrayBuffer): number {
	return Atomics.load(new Int32Array(memory, 0, 2), 0);
}

/** The input of the moment. */
export function presentInput(memory: SharedArrayBuffer): Buffer {
	const length = Atomics.load(new Int32Array(memory, 0, 2), 1);
	return Buffer.from(new Uint8Array(memory, headLength, length).slice());
}
