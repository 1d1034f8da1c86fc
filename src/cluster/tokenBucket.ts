/** Lets so much through at once, and in the long run so much a second. */
export interface Rate {
	/** What may come at once after a rest. */
	readonly burst: number;
	readonly perSecond: number;
}

/** A token bucket: an empty one says no, and nobody waits. */
export class TokenBucket {
	readonly #rate: Rate;
	#tokens: number;
	#filledAt: number;

	/** `now` is in milliseconds on a clock that never goes back, here as below. */
	constructor(rate: Rate, now: number) {
		this.#rate = rate;
		this.#tokens = rate.burst;
		this.#filledAt = now;
	}

	/** Takes a token where one is left. */
	take(now: number): boolean {
		const { burst, perSecond } = this.#rate;
		this.#tokens = Math.min(burst, this.#tokens + (Math.max(0, now - this.#filledAt) / 1000) * perSecond);
		this.#filledAt = now;
		if (this.#tokens < 1) return false;
		this.#tokens -= 1;
		return true;
	}
}
