import type { Reason } from '../reasons/reason.ts';

/** Which host of a pull a record is about. */
export type Role = 'registry' | 'token' | 'redirect' | 'blob';

export type StageName = 'dns' | 'tcp' | 'proxy' | 'tls' | 'challenge' | 'token' | 'manifest' | 'blob';

/** What a stage learned: plain data, safe to print. */
export type Facts = Readonly<Record<string, unknown>>;

interface Tried {
	readonly role: Role;
	readonly stage: StageName;
	/** The host that played the role, as in the label `peer`. */
	readonly peer: string;
	/** Own time of the stage without the connections it asked for; absent where no request of its own was made. */
	readonly seconds?: number;
	readonly facts?: Facts;
}

export type StageRecord =
	| (Tried & { readonly outcome: 'success' })
	| (Tried & { readonly outcome: 'failure'; readonly reason: Reason; readonly detail: string });

/** One request that was sent. */
export interface SentRequest {
	readonly role: Role;
	readonly method: string;
}

/** What one attempt on one target found. Plain data; no secret can be in it. */
export interface Observation {
	/** `Target.id`. */
	readonly target: string;
	readonly registry: string;
	readonly host: string;
	/** The canonical image reference. */
	readonly image: string;
	/** Milliseconds since the epoch. */
	readonly startedAt: number;
	/** How long the attempt took. */
	readonly seconds: number;
	readonly success: boolean;
	/** In the order in which the stages ended. */
	readonly records: readonly StageRecord[];
	readonly requests: readonly SentRequest[];
	/** What the answers ask of the schedule. */
	readonly asks: {
		/** Nothing is to be sent before this time (milliseconds since the epoch): Retry-After of a 429 or 503. */
		readonly notBefore?: number;
		/** The registry or token service refused the credentials. */
		readonly loginRejected?: boolean;
		/** Share of the quota that is left, 0 to 1, where the registry says. */
		readonly quotaLeft?: number;
	};
}
