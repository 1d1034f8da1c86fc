/** What is known of somebody who asks. */
export type Decision = 'allowed' | 'forbidden' | 'unauthenticated';

/** How long decisions are kept, and how many of each kind. */
export interface DecisionLimits {
	/** Milliseconds for which a yes holds, and a no. */
	readonly yes: number;
	readonly no: number;
	readonly most: number;
}

interface Kept {
	readonly decision: Decision;
	readonly until: number;
}

/** Decisions that are kept for a moment. Those who are refused, however many, push nobody out who is not. */
export class Decisions {
	readonly #limits: DecisionLimits;
	readonly #allowed = new Map<string, Kept>();
	readonly #refused = new Map<string, Kept>();

	constructor(limits: DecisionLimits) {
		this.#limits = limits;
	}

	/** `now` is in milliseconds on a clock that never goes back. */
	get(key: string, now: number): Decision | undefined {
		const kept = this.#allowed.get(key) ?? this.#refused.get(key);
		return kept && now < kept.until ? kept.decision : undefined;
	}

	set(key: string, decision: Decision, now: number): void {
		this.#allowed.delete(key);
		this.#refused.delete(key);
		const { yes, no, most } = this.#limits;
		const [kept, lasting] = decision === 'allowed' ? [this.#allowed, yes] : [this.#refused, no];
		const [oldest] = kept.keys();
		if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
		kept.set(key, { decision, until: now + lasting });
	}
}
