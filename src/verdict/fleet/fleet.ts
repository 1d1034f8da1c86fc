import type { FleetVerdict } from './fleetVerdicts.ts';
import type { Matrix } from './matrix.ts';
import type { NodeReport } from './nodeReport.ts';

/** Why an agent said nothing. */
export type Silence =
	| 'not_running'
	| 'not_ready'
	| 'timeout'
	| 'unreachable'
	| 'forbidden'
	| 'refused'
	| 'not_understood';

/** An agent that was asked, or would have been, in vain. All texts are safe to show. */
export interface SilentAgent {
	readonly node: string;
	readonly namespace: string;
	readonly pod: string;
	readonly why: Silence;
	readonly detail: string;
}

/** What is known of the pulls of a whole cluster. */
export interface Fleet {
	/** Milliseconds since the epoch. */
	readonly askedAt: number;
	/** Who told: the agents themselves, or a Prometheus that has asked them. */
	readonly source: 'agents' | 'prometheus';
	/** By name of the node. */
	readonly reports: readonly NodeReport[];
	readonly verdicts: readonly FleetVerdict[];
	readonly silent: readonly SilentAgent[];
	/** Nodes without an agent, by name, as far as nodes could be listed. */
	readonly unwatched: readonly string[];
	/** What could not be found out beside that: a sentence each. */
	readonly gaps: readonly string[];
}

/** How the cluster is shown to people. */
export interface FleetView extends Fleet {
	readonly matrix: Matrix;
}
