import type { SecretFault } from '../cluster/pullSecret.ts';
import type { NodeFault } from '../node/fault.ts';
import type { Reason } from '../reasons/reason.ts';

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

/** Whether a pull secret of pods would work at a registry now, from this node. */
export interface PullSecretState {
	readonly registry: string;
	readonly namespace: string;
	/** Its name. */
	readonly secret: string;
	/** Absent as long as nothing speaks for or against it. */
	readonly success?: boolean;
	/** Only without success. */
	readonly reason?: Reason | SecretFault;
	/** When its login ends, in seconds since the epoch; absent where that is unknown. */
	readonly notAfter?: number;
}

/** Pods of this node that wait for an image of one registry, for one cause. */
export interface FailingPulls {
	readonly registry: string;
	/** Whose fault it is, and what that rests on: the labels `cause` and `explained`. */
	readonly cause: string;
	readonly explained: string;
	readonly pods: number;
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
	/** One for each registry and Secret; absent where none are read. */
	readonly pullSecrets?: readonly PullSecretState[];
	/** Absent where pods are not explained. */
	readonly failingPulls?: readonly FailingPulls[];
	/** Messages of the kubelet that were not understood; absent while there were none. */
	readonly strangeMessages?: number;
	/** When the pods of this node were last known as the API server knows them, in milliseconds since the epoch; absent before. */
	readonly clusterSyncedAt?: number;
}
