import type { Target } from '../plan/target.ts';
import type { Observation, Role, StageName, StageRecord } from '../probe/observation.ts';
import type { Reason } from '../reasons/reason.ts';

/** Why parts of a target's path are not walked for now; the label `cause` of `probe_paused`. */
export type PauseCause = 'floor' | 'retry_after' | 'credentials';

/** Which stages an attempt left out: `floor` the blob, `credentials` everything that needs the login. */
export interface Hold {
	readonly floor?: boolean;
	readonly credentials?: boolean;
}

/** Key of a counter by role and stage. */
export type Pair = `${Role} ${StageName}`;

/** Key of a counter by role and HTTP method. */
export type RequestKind = `${Role} ${string}`;

/** One attempt in one line, for the strip of the last hours. */
export interface Summary {
	/** When the attempt began, in milliseconds since the epoch. */
	readonly at: number;
	readonly seconds: number;
	readonly success: boolean;
	/** Where the path broke; only without success. */
	readonly role?: Role;
	readonly stage?: StageName;
	readonly reason?: Reason;
}

/** A failure of one kind, as often as it was recorded. */
export interface PastFailure {
	/** When the first attempt that found it began, in milliseconds since the epoch. */
	readonly firstAt: number;
	/** The same of the last one. */
	readonly at: number;
	readonly times: number;
	readonly role: Role;
	readonly stage: StageName;
	readonly peer: string;
	readonly reason: Reason;
	/** Of the last one; at most 500 characters. */
	readonly detail: string;
}

/** The login of a target, as far as it may be told. */
export interface LoginState {
	/** Where it came from: `file`, `node`, `runtime`, `provider:NAME`. */
	readonly source: string;
	/** When it ends, in seconds since the epoch; absent where that is unknown. */
	readonly notAfter?: number;
}

/** All that views know about one target. */
export interface TargetState {
	readonly target: Target;
	/** Another number after each change, never one that this or another target had before. */
	readonly revision: number;
	/** The last attempt; stages that it held carry the record of the last time they were walked. */
	readonly latest?: Observation;
	/** The records of `latest`, one for each role and stage: of several hosts a failure wins, else the last. */
	readonly outcomes: readonly StageRecord[];
	readonly attempts: number;
	readonly failures: ReadonlyMap<Pair, number>;
	readonly requests: ReadonlyMap<RequestKind, number>;
	/** When the last attempt ended, in milliseconds since the epoch. */
	readonly lastAttemptAt?: number;
	/** When the last attempt that succeeded ended, in milliseconds since the epoch. */
	readonly lastSuccessAt?: number;
	readonly pauses: readonly PauseCause[];
	/** The login that was last used; absent when there is none. */
	readonly login?: LoginState;
	/** Oldest first; at most `historyLength`. */
	readonly history: readonly Summary[];
	/** One of each kind, the newest at the end; at most `failuresKept`. */
	readonly lastFailures: readonly PastFailure[];
}

/** Attempts that a target's history holds: two hours at one a minute. */
export const historyLength = 120;

/** Kinds of failures that are kept with their detail for each target. */
export const failuresKept = 10;
