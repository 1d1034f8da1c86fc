/** How long to wait before the API server is asked again, after so many failures in a row. */
export interface Pace {
	/** Milliseconds after the first failure; each further one doubles them. */
	readonly first: number;
	/** Milliseconds at most, unless the server asks for more. */
	readonly most: number;
}

/** A second, two, four, … a minute. */
export const usualPace: Pace = { first: 1000, most: 60_000 };

/**
 * Waits that grow with each failure. They are spread: an API server that comes back is not met by the agents of all nodes
 * at one moment.
 */
export class Backoff {
	readonly #pace: Pace;
	readonly #random: () => number;
	#failures = 0;

	/** `random` gives numbers from 0 to 1, as `Math.random` does. */
	constructor(pace: Pace, random: () => number = Math.random) {
		this.#pace = pace;
		this.#random = random;
	}

	/** Milliseconds until the next try: between half the wait and the whole of it, and not before the `retryAfter` seconds that the server asks for. */
	next(retryAfter = 0): number {
		const { first, most } = this.#pace;
		const wait = Math.min(first * 2 ** Math.min(this.#failures, 20), most);
		this.#failures += 1;
		return retryAfter * 1000 + wait * (0.5 + this.#random() / 2);
	}

	/** All is well again. */
	reset(): void {
		this.#failures = 0;
	}
}
