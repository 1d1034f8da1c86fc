/** Numbers that look like chance and are the same for the same seed (mulberry32). */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** From 0, below 2^32. */
	next(): number {
		this.#state = (this.#state + 0x6d_2b_79_f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return (mixed ^ (mixed >>> 14)) >>> 0;
	}

	/** From 0, below `limit`; 0 where `limit` is. */
	below(limit: number): number {
		return limit < 1 ? 0 : this.next() % Math.floor(limit);
	}

	/** True once in so many times. */
	once(times: number): boolean {
		return this.below(times) === 0;
	}

	/** Mostly small, at most `most`, at least 1. */
	small(most: number): number {
		return 1 + this.below(Math.min(Math.max(1, most), 2 ** (1 + this.below(8))));
	}

	pick<T>(values: readonly T[]): T | undefined {
		return values[this.below(values.length)];
	}
}
