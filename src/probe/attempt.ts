import type { Target } from '../plan/target.ts';
import { hostOf } from '../registry/endpoint.ts';
import { Deadline } from './deadline.ts';
import type { Facts, Observation, Role, SentRequest, StageName, StageRecord } from './observation.ts';
import type { SecretMemory } from './secretMemory.ts';
import { Secrets } from './secrets.ts';
import { ProbeFailure, type Stage } from './stage.ts';
import { codeOf, isExhausted } from './systemError.ts';

/** Held while something begins (a connect, a handshake), never while it waits. */
export type Gate = <T>(begin: () => T) => Promise<T>;

/** Whom a stage is about. */
export interface Place {
	readonly role: Role;
	/** The host that plays the role, value of the label `peer`. */
	readonly peer: string;
}

/** What is told while an attempt runs. */
export interface Listeners {
	readonly onBegin?: (role: Role, stage: StageName, peer: string) => void;
	readonly onRecord?: (record: StageRecord) => void;
}

/** The attempt is over: a failure was recorded, or it was cancelled. Thrown to leave the orders, never seen outside. */
export class AttemptEnded extends Error {
	override readonly name = 'AttemptEnded';
}

/** What an attempt shares with others. */
interface Shared {
	readonly gate: Gate;
	readonly memory?: SecretMemory;
}

type Asks = { -readonly [key in keyof Observation['asks']]: Observation['asks'][key] };

/**
 * The recorder of one attempt: wraps each stage, times it, takes its facts from the result or from the failure, and
 * ends the attempt at the first failure. What was opened on the way is closed when the attempt is disposed of.
 */
export class Attempt implements AsyncDisposable {
	readonly target: Target;
	readonly gate: Gate;
	readonly signal: AbortSignal;
	readonly overall: Deadline;
	readonly asks: Asks = {};
	readonly secrets: Secrets;
	readonly #records: StageRecord[] = [];
	readonly #requests: SentRequest[] = [];
	readonly #closing = new AsyncDisposableStack();
	readonly #settling: Promise<unknown>[] = [];
	readonly #listeners: Listeners;

	constructor(target: Target, { gate, memory }: Shared, signal: AbortSignal, listeners: Listeners) {
		this.target = target;
		this.gate = gate;
		this.signal = signal;
		this.overall = new Deadline(target.attemptTimeout);
		this.#listeners = listeners;
		const { registry, host, image, endpoint } = target;
		this.secrets = new Secrets([registry, host, image.domain, hostOf(endpoint), endpoint.hostname], memory);
		this.secrets.addHeaders(target.headers);
	}

	/** Runs one stage and records it. Throws `AttemptEnded` after a failure. */
	async stage<Input, Value, F extends Facts>(
		place: Place,
		stage: Stage<Input & { readonly time: Deadline }, Value, F>,
		input: Input,
	): Promise<Value> {
		this.throwIfStopped();
		this.#listeners.onBegin?.(place.role, stage.name, this.secrets.conceal(place.peer));
		const time = new Deadline(this.target.timeout, this.overall);
		try {
			const found = await stage.run({ ...input, time });
			this.throwIfStopped();
			if (found.omitted) return found.value;
			const { role, peer } = { ...place, ...found.place };
			const timed = found.untimed ? {} : { seconds: found.seconds ?? time.spent() };
			this.#add({ role, stage: stage.name, peer, ...timed, outcome: 'success', facts: found.facts });
			return found.value;
		} catch (error) {
			if (error instanceof AttemptEnded) throw error;
			this.#fail(place, stage.name, time.spent(), error);
			throw new AttemptEnded();
		}
	}

	/** Adds facts to the last record of a stage. */
	note(stage: StageName, facts: Facts): void {
		const at = this.#records.findLastIndex((record) => record.stage === stage);
		const record = this.#records[at];
		if (record) this.#records[at] = { ...record, facts: { ...record.facts, ...facts } };
	}

	/** Counts a request that is being sent. */
	sent(role: Role, method: string): void {
		this.#requests.push({ role, method });
	}

	/** Closes `resource` when the attempt ends. */
	defer(close: () => void | Promise<void>): void {
		this.#closing.defer(close);
	}

	/** Something that still adds to facts while the attempt goes on; waited for before the observation is taken. */
	settle(work: Promise<unknown>): void {
		this.#settling.push(work);
	}

	async settled(): Promise<void> {
		await Promise.allSettled(this.#settling);
	}

	throwIfStopped(): void {
		if (this.signal.aborted) throw new AttemptEnded();
	}

	/** The records so far, in the order in which the stages ended; one for each role and stage. No secret is in them. */
	records(): readonly StageRecord[] {
		return this.#records.map((record) => this.#clean(record));
	}

	requests(): readonly SentRequest[] {
		return this.#requests;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#closing.disposeAsync();
	}

	#fail(place: Place, stage: StageName, spent: number, error: unknown): void {
		if (this.signal.aborted) return;
		const failure = error instanceof ProbeFailure ? error : surprise(error);
		if (failure.belongsTo && failure.belongsTo !== stage) {
			this.#overturn(failure.place?.role ?? place.role, failure.belongsTo, failure);
			return;
		}
		const { role, peer } = { ...place, ...failure.place };
		const timed = failure.untimed ? {} : { seconds: spent };
		const { reason, facts } = failure;
		const detail = this.secrets.conceal(failure.message);
		this.#add({ role, stage, peer, ...timed, outcome: 'failure', reason, detail, facts });
	}

	/** Judges an earlier record anew: what it stood for turned out to be unusable. */
	#overturn(role: Role, stage: StageName, failure: ProbeFailure): void {
		const before = this.#records.find((record) => record.role === role && record.stage === stage);
		const { reason } = failure;
		const detail = this.secrets.conceal(failure.message);
		const facts = { ...before?.facts, ...failure.facts };
		this.#add({
			...(before ?? { role, stage, peer: failure.place?.peer ?? this.target.host }),
			outcome: 'failure',
			reason,
			detail,
			facts,
		});
	}

	/** Of several hosts in one role and stage a failure wins (it ends the attempt), else the last. */
	#add(record: StageRecord): void {
		const at = this.#records.findIndex(({ role, stage }) => role === record.role && stage === record.stage);
		if (at >= 0) this.#records[at] = record;
		else this.#records.push(record);
		this.#listeners.onRecord?.(this.#clean(record));
	}

	/** Servers choose the names of further hosts, and much of what stands in facts. */
	#clean(record: StageRecord): StageRecord {
		const { peer, facts } = record;
		const clean = { ...record, peer: this.secrets.conceal(peer) };
		return facts ? { ...clean, facts: this.secrets.concealFacts(facts) } : clean;
	}
}

/** An error that no stage foresaw. `unknown` is a bug to mend; its detail names the code only, never foreign text. */
function surprise(error: unknown): ProbeFailure {
	if (isExhausted(error)) {
		return new ProbeFailure('agent_resources_exhausted', `the agent ran out of resources (${codeOf(error)})`);
	}
	const name = error instanceof Error ? error.name : typeof error;
	return new ProbeFailure('unknown', `unforeseen ${name} ${codeOf(error)}`.trim(), {}, { cause: error });
}
