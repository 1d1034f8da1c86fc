import type { Reason } from '../reasons/reason.ts';
import type { Facts, Role, StageName, StageRecord } from './observation.ts';

/** Where a result belongs when that is another host than the stage was begun for. */
interface Elsewhere {
	readonly place?: { readonly role: Role; readonly peer: string } | undefined;
	/** No request of its own was made: the record carries no duration. */
	readonly untimed?: boolean | undefined;
}

/** What a stage gives: a value that lives as long as the attempt (socket, token), and facts that are kept. */
export interface Found<Value, F extends Facts = Facts> extends Elsewhere {
	readonly value: Value;
	readonly facts: F;
	/** Nothing was proved either way: no record. */
	readonly omitted?: boolean;
	/** The stage's own time where that is not simply how long it ran. */
	readonly seconds?: number;
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

/** What views need of a stage. */
export type StageDescription = Pick<Stage<never, unknown>, 'name' | 'measures'>;

/** Why a stage failed, with what it learned all the same. */
export class ProbeFailure extends Error implements Elsewhere {
	override readonly name = 'ProbeFailure';
	readonly reason: Reason;
	readonly facts: Facts;
	readonly place: Elsewhere['place'];
	readonly untimed: boolean | undefined;
	/** The stage that is really at fault when it is an earlier one: its record is judged anew. */
	readonly belongsTo: StageName | undefined;

	constructor(
		reason: Reason,
		detail: string,
		facts: Facts = {},
		more: Elsewhere & { readonly belongsTo?: StageName; readonly cause?: unknown } = {},
	) {
		super(detail, { cause: more.cause });
		this.reason = reason;
		this.facts = facts;
		this.place = more.place;
		this.untimed = more.untimed;
		this.belongsTo = more.belongsTo;
	}

	/** The same failure, told of another place. */
	at(place: Elsewhere['place'], untimed?: boolean): ProbeFailure {
		return new ProbeFailure(this.reason, this.message, this.facts, {
			place: this.place ?? place,
			untimed: this.untimed ?? untimed,
			cause: this.cause,
			...(this.belongsTo && { belongsTo: this.belongsTo }),
		});
	}
}
