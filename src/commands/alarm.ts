/** Something to wait for that somebody else may end sooner. Keeps no process alive. */
export class Alarm {
	#rung = false;
	#wake = () => {};

	/** Waits so many milliseconds, or until it rings; not at all where it rang since the last wait. */
	async wait(milliseconds: number): Promise<void> {
		if (!this.#rung) {
			const { promise, resolve } = Promise.withResolvers<void>();
			const timer = setTimeout(resolve, milliseconds).unref();
			this.#wake = resolve;
			await promise;
			clearTimeout(timer);
		}
		this.#rung = false;
		this.#wake = () => {};
	}

	ring(): void {
		this.#rung = true;
		this.#wake();
	}
}
