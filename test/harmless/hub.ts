/** A request as Docker Hub sorts it; `cdn` is the host of its layers. */
export interface HubRequest {
	readonly host: 'registry' | 'token' | 'cdn';
	readonly method: string;
	readonly what: 'manifest' | 'blob' | 'token';
}

/** What Docker Hub does with a request: it answers, refuses a pull too many, or its guard against abuse refuses. */
export type Verdict = 'served' | 'limited' | 'guarded';

export interface HubLimits {
	/** Pulls in the window. */
	readonly pulls: number;
	readonly windowSeconds: number;
	/** Requests in any minute, of every kind, to every host. */
	readonly requestsAMinute: number;
}

/** Anonymous limits as documented (https://docs.docker.com/docker-hub/usage/); of the guard only the order is known. */
export const hubLimits: HubLimits = { pulls: 100, windowSeconds: 21_600, requestsAMinute: 3000 };

/** What Docker Hub knows of one address. */
interface Ledger {
	/** When pulls were made, in seconds. */
	pulls: number[];
	/** Requests in each second of the last minute: second → number. */
	readonly seconds: Map<number, number>;
	minute: number;
}

/**
 * Docker Hub's counting, as strict as it could be: every GET of a manifest is a pull, every request counts for the
 * guard. A HEAD and a GET of a layer cost nothing else. `now` is in seconds and must not go back.
 */
export class Hub {
	readonly #limits: HubLimits;
	readonly #now: () => number;
	readonly #ledgers = new Map<string, Ledger>();
	/** The most requests that one address has sent within a minute. */
	busiestMinute = 0;
	/** Requests that were refused. */
	readonly refused = { limited: 0, guarded: 0 };

	constructor(now: () => number, limits: HubLimits = hubLimits) {
		this.#now = now;
		this.#limits = limits;
	}

	get limits(): HubLimits {
		return this.#limits;
	}

	/** Pulls that an address may still make. */
	left(address: string): number {
		const ledger = this.#ledger(address);
		ledger.pulls = ledger.pulls.filter((at) => at > this.#now() - this.#limits.windowSeconds);
		return this.#limits.pulls - ledger.pulls.length;
	}

	/** Takes one request from an address. */
	take(address: string, { method, what }: HubRequest): Verdict {
		const ledger = this.#ledger(address);
		if (this.#countRequest(ledger) > this.#limits.requestsAMinute) return this.#refuse('guarded');
		if (what !== 'manifest' || method !== 'GET') return 'served';
		if (this.left(address) <= 0) return this.#refuse('limited');
		ledger.pulls.push(this.#now());
		return 'served';
	}

	#ledger(address: string): Ledger {
		const known = this.#ledgers.get(address);
		if (known) return known;
		const fresh = { pulls: [], seconds: new Map<number, number>(), minute: 0 };
		this.#ledgers.set(address, fresh);
		return fresh;
	}

	/** The requests of the last minute, this one included. */
	#countRequest(ledger: Ledger): number {
		const second = Math.floor(this.#now());
		for (const [at, count] of ledger.seconds) {
			if (at > second - 60) break;
			ledger.seconds.delete(at);
			ledger.minute -= count;
		}
		ledger.seconds.set(second, (ledger.seconds.get(second) ?? 0) + 1);
		ledger.minute += 1;
		this.busiestMinute = Math.max(this.busiestMinute, ledger.minute);
		return ledger.minute;
	}

	#refuse(verdict: 'limited' | 'guarded'): Verdict {
		this.refused[verdict] += 1;
		return verdict;
	}
}
