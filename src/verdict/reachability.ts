import { answeredReasons, type Reason } from '../reasons/reason.ts';
import type { Blame, PullVerdict } from './pullVerdict.ts';

/** How long something has to hold before it counts, so that a condition does not flap. */
export interface ReachabilityRules {
	/** Milliseconds for which pulls must have failed, in two attempts or more. */
	readonly after: number;
	/** Milliseconds for which they must have succeeded again, in two attempts or more. */
	readonly again: number;
}

/** A registry that cannot be reached. */
export interface Unreachable {
	readonly registry: string;
	readonly blame: Blame;
	/** Since when, in milliseconds since the epoch. */
	readonly since: number;
}

const leastAttempts = 2;

const answered: ReadonlySet<Reason> = new Set(answeredReasons);

/** These say something about the agent alone. */
const own: ReadonlySet<Reason> = new Set<Reason>(['agent_resources_exhausted', 'cancelled', 'unknown']);

/** What was seen of one registry, without a break. */
interface Run {
	readonly reached: boolean;
	readonly attempts: number;
	/** On the clock of `now`. */
	readonly from: number;
	/** In milliseconds since the epoch. */
	readonly since: number;
}

interface Seen {
	readonly run: Run;
	/** What counts; absent until something has held long enough. A first success counts at once. */
	readonly reachable?: boolean;
	/** Only where it is not reachable. */
	readonly fault?: Unreachable;
}

/**
 * Whether this node's pulls reach their registries, with hysteresis. A login or a limit is not the fault of the way, so
 * that a registry that answers so is reached.
 */
export class Reachability {
	/** May be changed; what was judged by others before stays. */
	rules: ReachabilityRules;
	#registries = new Map<string, Seen | undefined>();

	constructor(rules: ReachabilityRules) {
		this.rules = rules;
	}

	/** Only these registries count, from now on; what was seen of those that stay is kept. */
	keep(registries: readonly string[]): void {
		this.#registries = new Map(registries.map((name) => [name, this.#registries.get(name)]));
	}

	/** Takes in the verdict after an attempt. `now` is on a clock that never goes back, `at` in milliseconds since the epoch. */
	see({ registry, success, blame }: PullVerdict, now: number, at: number): void {
		if (!this.#registries.has(registry)) return;
		const reached = success || (blame && answered.has(blame.reason)) === true;
		if (!reached && (!blame || own.has(blame.reason))) return;
		const before = this.#registries.get(registry);
		const run = continued(before?.run, { reached, attempts: 1, from: now, since: at });
		const reachable = this.#holds(run, now, before?.reachable) ? reached : before?.reachable;
		const fault = reached || !blame ? before?.fault : { registry, blame, since: run.since };
		this.#registries.set(registry, {
			run,
			...(reachable !== undefined && { reachable }),
			...(reachable === false && fault && { fault }),
		});
	}

	/** Registries that count. */
	get count(): number {
		return this.#registries.size;
	}

	/** Something is known, of one registry at least. */
	get known(): boolean {
		return [...this.#registries.values()].some((seen) => seen?.reachable !== undefined);
	}

	/** Those that cannot be reached, sorted by name. */
	get unreachable(): readonly Unreachable[] {
		const found = [...this.#registries.values()].flatMap((seen) => seen?.fault ?? []);
		return found.toSorted((a, b) => (a.registry < b.registry ? -1 : 1));
	}

	#holds({ reached, attempts, from }: Run, now: number, before: boolean | undefined): boolean {
		if (reached && before !== false) return true;
		return attempts >= leastAttempts && now - from >= (reached ? this.rules.again : this.rules.after);
	}
}

/** A run goes on while the same is seen. */
function continued(before: Run | undefined, seen: Run): Run {
	if (before?.reached !== seen.reached) return seen;
	return { ...before, attempts: before.attempts + 1 };
}
