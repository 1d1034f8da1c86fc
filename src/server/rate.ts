/** How often each may come. */
export interface RateLimits {
	readonly times: number;
	/** Milliseconds. */
	readonly within: number;
	/** Milliseconds on a clock that never goes back. */
	readonly now?: () => number;
}

/** Counts how often neighbours come, in one span of time after the other. */
export class Rate {
	readonly #limits: Required<RateLimits>;
	readonly #counts = new Map<string, number>();
	#began = Number.NEGATIVE_INFINITY;

	constructor({ now = () => performance.now(), ...limits }: RateLimits) {
		this.#limits = { ...limits, now };
	}

	/** Counts one more of a neighbour; whether that is too many in this span. */
	exceeds(neighbour: string): boolean {
		const { times, within, now } = this.#limits;
		if (now() - this.#began >= within) {
			this.#began = now();
			this.#counts.clear();
		}
		const count = (this.#counts.get(neighbour) ?? 0) + 1;
		this.#counts.set(neighbour, count);
		return count > times;
	}
}
