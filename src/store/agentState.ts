/** One thing that is wrong with a configuration, as its reader reports it. */
export interface ConfigurationFault {
	readonly file: string;
	readonly line?: number;
	readonly column?: number;
	readonly path?: string;
	readonly fault: string;
}

/** How the last reading of the configuration went. */
export interface ConfigurationState {
	readonly successful: boolean;
	/** Milliseconds since the epoch. */
	readonly at: number;
	/** Empty when it was successful. */
	readonly faults: readonly ConfigurationFault[];
}

/** Why an attempt was repeated instead of recorded: the agent stood still, or lagged. */
export type RepeatCause = 'stall' | 'lag';

/** What the agent knows about itself. */
export interface AgentState {
	readonly configuration?: ConfigurationState;
	/** How late the schedule last was, in seconds. */
	readonly scheduleLagSeconds: number;
	readonly repeats: Readonly<Record<RepeatCause, number>>;
}
