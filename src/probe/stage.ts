import type { Reason } from '../reasons/reason.ts';
import type { Facts, StageName, StageRecord } from './observation.ts';

/** What a stage gives: a value that lives as long as the attempt (socket, token), and facts that are kept. */
export interface Found<Value, F extends Facts = Facts> {
	readonly value: Value;
	readonly facts: F;
}

/** One number that a stage's facts hold for a metric. */
export interface Sample {
	readonly labels: Readonly<Record<string, string>>;
	readonly value: number;
}

/**
 * A gauge that a stage declares beside the measurement; the metrics view makes it. `labels` are those beside
 * `node`, `network` and `registry`; `host`, `role` and `peer` are filled in by the view when they are named, all others come from `samples`.
 */
export interface Measure {
	/** Without the prefix. */
	readonly metric: string;
	/** Ends in a full stop. */
	readonly help: string;
	readonly labels: readonly string[];
	/** The samples of one record, failed ones included; none where the facts do not say. */
	samples(record: StageRecord): readonly Sample[];
}

/** A stage of `connect` or `pull`: one constant a file below `stages/`. */
export interface Stage<Input, Value, F extends Facts = Facts> {
	readonly name: StageName;
	readonly measures: readonly Measure[];
	/** Throws `ProbeFailure` when the target is at fault. */
	run(input: Input): Promise<Found<Value, F>>;
}

/** Why a stage failed, with what it learned all the same. */
export class ProbeFailure extends Error {
	override readonly name = 'ProbeFailure';
	readonly reason: Reason;
	readonly facts: Facts;

	constructor(reason: Reason, detail: string, facts: Facts = {}, options?: ErrorOptions) {
		super(detail, options);
		this.reason = reason;
		this.facts = facts;
	}
}
