import type { NodeFault } from '../node/fault.ts';

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

/** What a credential provider of the node did when it was run. */
export interface ProviderState {
	/** How long its last run took. */
	readonly seconds: number;
	/** Runs that gave no answer. */
	readonly failures: number;
}

/** Providers that are kept; a node has a few. */
export const providersKept = 100;

/** Where and what this node is, as far as itself and the cluster say. */
export interface NodeState {
	readonly zone?: string;
	readonly region?: string;
	readonly instanceType?: string;
	/** Name and version: `containerd/2.4.2`. */
	readonly runtime?: string;
	/** Release: `6.8.0-45-generic`. */
	readonly kernel?: string;
	/** When it joined the cluster, in milliseconds since the epoch. */
	readonly createdAt?: number;
}

/** What the agent knows about itself. */
export interface AgentState {
	readonly configuration?: ConfigurationState;
	/** What is wrong with the node's own pull configuration. */
	readonly nodeFaults: readonly NodeFault[];
	/** How late the schedule last was, in seconds. */
	readonly scheduleLagSeconds: number;
	readonly repeats: Readonly<Record<RepeatCause, number>>;
	/** By name; absent while none was run. */
	readonly providers?: ReadonlyMap<string, ProviderState>;
	readonly node?: NodeState;
	/** When the pods of this node were last known as the API server knows them, in milliseconds since the epoch; absent before. */
	readonly clusterSyncedAt?: number;
}
