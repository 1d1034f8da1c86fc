import type { Target } from '../plan/target.ts';
import type { Observation } from '../probe/observation.ts';
import type { Hold } from '../probe/probe.ts';
import { sameEndpoint } from '../registry/endpoint.ts';
import type { Clock } from '../schedule/clock.ts';
import { notBefore, type Pauses, pausesAfter } from '../schedule/pauses.ts';
import type { TargetState } from '../store/targetState.ts';
import { Turns } from './turns.ts';

/** What an attempt on demand is about: a target, and which login it shows. */
export interface DemandedAttempt {
	readonly target: Target;
	/** Tells one login from another; `none` without one. */
	readonly fingerprint: string;
}

/** What is remembered of a login at a host. */
interface Rest {
	readonly pauses: Pauses;
	/** What the attempt found that the login was rejected in. */
	readonly rejection?: Observation;
}

/** Hosts and logins that are remembered; those that were met last win. */
const mostKept = 1000;

/**
 * What probes on demand leave out because registries asked for it: in answers to regular probes, as the store has it, or
 * in answers to probes on demand. In memory, and beside the pauses of the schedule: a rejected secret of some pod must
 * not hold back the configured login.
 */
export class DemandRestraint {
	readonly #clock: Clock;
	readonly #states: () => readonly TargetState[];
	readonly #waits = new Map<string, Pauses>();
	readonly #rests = new Map<string, Rest>();
	readonly #turns = new Turns();

	constructor(clock: Clock, states: () => readonly TargetState[]) {
		this.#clock = clock;
		this.#states = states;
	}

	/** Whether the host asks to be left alone for now, or has rejected the node's own login where that would be shown. */
	isHeld(target: Target, given: boolean): boolean {
		const own = this.#waits.get(target.id);
		if (own && this.#clock.monotonic() < notBefore(own)) return true;
		const usual = !given && target.credentials.source === 'node';
		return this.#known(target).some(
			({ pauses }) => pauses.includes('retry_after') || (usual && pauses.includes('credentials')),
		);
	}

	/** What is left out of an attempt: what moves bytes, where the quota is low. */
	holdOf(target: Target): Hold {
		return this.#known(target).some(({ pauses }) => pauses.includes('floor')) ? { floor: true } : {};
	}

	/** Attempts that show one login to one host are made one after the other: a later one learns that it was rejected. */
	async inTurn<T>(attempt: DemandedAttempt, work: () => Promise<T>): Promise<T> {
		return attempt.fingerprint === 'none' ? await work() : await this.#turns.take(keyOf(attempt), work);
	}

	/** What was found when this very login was rejected, while it is not to be shown again. */
	rejectionOf(attempt: DemandedAttempt): Observation | undefined {
		const rest = this.#rests.get(keyOf(attempt));
		const { credentials } = rest?.pauses ?? {};
		return credentials && this.#clock.monotonic() < credentials.until ? rest?.rejection : undefined;
	}

	/** Takes in what the answers to an attempt ask for. */
	learn(attempt: DemandedAttempt, observation: Observation): void {
		const { target, fingerprint } = attempt;
		const before = this.#rests.get(keyOf(attempt))?.pauses ?? {};
		const made = { pauses: before, withoutLogin: false, fingerprint };
		const { retryAfter, credentials } = pausesAfter(made, observation, target, this.#clock);
		remember(this.#waits, target.id, retryAfter && { retryAfter });
		const rejected = observation.asks.loginRejected === true;
		const rest = credentials && { pauses: { credentials }, ...(rejected && { rejection: observation }) };
		remember(this.#rests, keyOf(attempt), rest);
	}

	/** The regular probes of the same host, whatever registry it is asked for. */
	#known({ endpoint }: Target): readonly TargetState[] {
		return this.#states().filter(({ target }) => sameEndpoint(target.endpoint, endpoint));
	}
}

function keyOf({ target, fingerprint }: DemandedAttempt): string {
	return `${target.id} ${fingerprint}`;
}

function remember<Value>(all: Map<string, Value>, key: string, value: Value | undefined): void {
	all.delete(key);
	if (value !== undefined) all.set(key, value);
	for (const oldest of all.keys()) if (all.size > mostKept) all.delete(oldest);
}
