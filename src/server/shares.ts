/** How many of something may be held at a time, in all and by each neighbour. */
export interface ShareLimits {
	readonly all: number;
	readonly each: number;
}

/** Gives back what was taken; more than once is once. */
export type GiveBack = () => void;

interface Holding {
	readonly neighbour: string;
	readonly yieldUp: () => void;
}

/**
 * Counts what neighbours hold, and divides it fairly: while there is some left everyone gets it, up to a share; when all
 * is taken, whoever holds most gives the oldest up for whoever holds less. To shut somebody out takes as many neighbours
 * as there is to hold.
 */
export class Shares {
	readonly #limits: ShareLimits;
	readonly #held = new Map<string, Set<Holding>>();
	#all = 0;

	constructor(limits: ShareLimits) {
		this.#limits = limits;
	}

	/** Takes one; nothing where there is none for this neighbour. `yieldUp` is called when it has to be given up for another. */
	take(neighbour: string, yieldUp: () => void): GiveBack | undefined {
		const own = this.#held.get(neighbour)?.size ?? 0;
		if (own >= this.#limits.each) return undefined;
		if (this.#all >= this.#limits.all && !this.#makeRoom(own)) return undefined;
		const holding: Holding = { neighbour, yieldUp };
		this.#held.set(neighbour, (this.#held.get(neighbour) ?? new Set()).add(holding));
		this.#all += 1;
		return () => this.#remove(holding);
	}

	/** Takes one from the neighbour that holds most, if that is more than the other will have. */
	#makeRoom(own: number): boolean {
		const most = [...this.#held.values()].reduce((a, b) => (b.size > a.size ? b : a), new Set<Holding>());
		const [oldest] = most;
		if (!oldest || most.size <= own + 1) return false;
		this.#remove(oldest);
		oldest.yieldUp();
		return true;
	}

	#remove(holding: Holding): void {
		const own = this.#held.get(holding.neighbour);
		if (!own?.delete(holding)) return;
		this.#all -= 1;
		if (own.size === 0) this.#held.delete(holding.neighbour);
	}
}
