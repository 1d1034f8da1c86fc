/** Runs work with one key one after the other, in the order in which it came; work with other keys goes on meanwhile. */
export class Turns {
	readonly #last = new Map<string, Promise<void>>();

	async take<T>(key: string, work: () => Promise<T>): Promise<T> {
		const mine = (this.#last.get(key) ?? Promise.resolve()).then(work);
		const over = mine.then(
			() => undefined,
			() => undefined,
		);
		this.#last.set(key, over);
		try {
			return await mine;
		} finally {
			if (this.#last.get(key) === over) this.#last.delete(key);
		}
	}
}
