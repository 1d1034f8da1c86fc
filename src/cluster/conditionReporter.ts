import { asFailure } from './apiFailure.ts';
import { Backoff, type Pace } from './backoff.ts';
import { type NodeCondition, removeCondition, setCondition, statusNow } from './nodeCondition.ts';
import { pause } from './pause.ts';
import type { Report, Writing } from './writing.ts';

/** How often the condition is written. Milliseconds. */
export interface ConditionPace {
	/** From one look at what it should be to the next. */
	readonly look: number;
	/** From one writing to the next while the status stays: each change of a node is told to all who watch it. */
	readonly wording: number;
	/** The same while nothing changes at all; the kubelet writes its own conditions as often. */
	readonly heartbeat: number;
	readonly backoff: Pace;
}

const minute = 60_000;

export const usualConditionPace: ConditionPace = {
	look: 1000,
	wording: minute,
	heartbeat: 5 * minute,
	backoff: { first: 5000, most: 5 * minute },
};

export interface ConditionReport extends Report {
	/** What the condition should be now; undefined while there is nothing to say. */
	readonly wanted: () => NodeCondition | undefined;
}

/** What the node has, as this agent has written it. */
interface Present {
	readonly condition: NodeCondition;
	/** When it was written. */
	readonly at: number;
}

/** Keeps the condition of this agent's node what it should be. */
export class ConditionReporter {
	readonly #report: ConditionReport;
	readonly #pace: ConditionPace;
	readonly #stopping = new AbortController();
	readonly #ended: Promise<void>;
	#present: Present | undefined;
	/** What the server may hold of this agent: a request that was given up may have arrived. */
	#left: NodeCondition | undefined;

	/** Begins at once. */
	constructor(report: ConditionReport, pace: ConditionPace = usualConditionPace) {
		this.#report = report;
		this.#pace = pace;
		this.#ended = this.#run(this.#stopping.signal);
	}

	/**
	 * Writes no more and, where something of it may stand, leaves this behind; `nothing` takes the condition away. Never
	 * rejects: what cannot be written within `patience` milliseconds stays as it is.
	 */
	async stop(last: NodeCondition | 'nothing', patience: number): Promise<void> {
		this.#stopping.abort();
		await this.#ended;
		if (!this.#left) return;
		const writing = { ...this.#report, signal: AbortSignal.timeout(patience) };
		try {
			if (last === 'nothing') await removeCondition(writing);
			else await setCondition(writing, last, last.status !== this.#left.status);
		} catch (error) {
			this.#report.onFailure(asFailure(error));
		}
	}

	async #run(signal: AbortSignal): Promise<void> {
		const backoff = new Backoff(this.#pace.backoff);
		while (!signal.aborted) {
			let next = this.#pace.look;
			try {
				if (await this.#write(signal)) this.#report.onWritten();
				backoff.reset();
			} catch (error) {
				if (signal.aborted) return;
				const failure = asFailure(error);
				this.#report.onFailure(failure);
				next = backoff.next(failure.retryAfter);
			}
			await pause(next, signal);
		}
	}

	/** Writes where it is due. Gives whether it was. */
	async #write(signal: AbortSignal): Promise<boolean> {
		const condition = this.#report.wanted();
		if (!condition || !this.#isDue(condition)) return false;
		const writing = { ...this.#report, signal };
		const before = this.#present ? this.#present.condition.status : await statusNow(writing);
		await this.#send(writing, condition, condition.status !== before);
		this.#present = { condition, at: performance.now() };
		return true;
	}

	async #send(writing: Writing, condition: NodeCondition, changed: boolean): Promise<void> {
		const stood = this.#left;
		this.#left = condition;
		try {
			await setCondition(writing, condition, changed);
		} catch (error) {
			if (asFailure(error).status !== undefined) this.#left = stood;
			throw error;
		}
	}

	#isDue(wanted: NodeCondition): boolean {
		if (!this.#present) return true;
		const { condition, at } = this.#present;
		const quiet = performance.now() - at;
		if (wanted.status !== condition.status) return true;
		const same = wanted.reason === condition.reason && wanted.message === condition.message;
		return quiet >= (same ? this.#pace.heartbeat : this.#pace.wording);
	}
}
