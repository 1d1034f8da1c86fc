/** How often something is made anew at most. */
export interface SparingLimits {
	readonly times: number;
	/** Milliseconds. */
	readonly within: number;
	/** Milliseconds on a clock that never goes back. */
	readonly now?: () => number;
}

/**
 * Makes something anew for everyone who asks, until they ask so often that the making would keep this process from its
 * work: then they share what was made last, and it is never older than `within`. `keyOf` tells who wants the same; it
 * must know few answers. Nothing is kept while few ask.
 */
export function sparing<Wish, Made>(
	make: (wish: Wish) => Promise<Made>,
	keyOf: (wish: Wish) => string,
	{ times, within, now = () => performance.now() }: SparingLimits,
): (wish: Wish) => Promise<Made> {
	const shared = new Map<string, Promise<Made>>();
	let began = Number.NEGATIVE_INFINITY;
	let made = 0;

	return (wish) => {
		if (now() - began >= within) {
			began = now();
			made = 0;
			shared.clear();
		}
		const key = keyOf(wish);
		const before = shared.get(key);
		if (before) return before;
		const making = make(wish);
		made += 1;
		if (made >= times) shared.set(key, making);
		return making;
	};
}
