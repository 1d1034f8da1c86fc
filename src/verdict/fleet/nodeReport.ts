/** Where a pull breaks, as an agent says it. The words are those of the agent, which may be newer than this program. */
export interface Fault {
	/** The endpoint that was tried; where it is known, the host that played the role in place of it. */
	readonly host: string;
	readonly role: string;
	readonly stage: string;
	readonly reason: string;
}

/** What a registry says of the pulls that it leaves an identity. */
export interface QuotaReport {
	readonly remaining: number;
	readonly limit?: number;
}

/** Whether a node can pull from one registry. */
export interface PullReport {
	readonly registry: string;
	/** The image that stands for all of the registry, as its canonical name; a Prometheus does not know it. */
	readonly image?: string;
	readonly success: boolean;
	/** Only without success, and only where the agent says. */
	readonly fault?: Fault;
	/** Seconds that a pull would lose before it succeeds; absent where it loses none. */
	readonly delaySeconds?: number;
	readonly quota?: QuotaReport;
	/** The identity that the registry counts this node's requests by: an egress address, a network, an account. */
	readonly source?: string;
}

/** Whether a node reaches one mirror, whatever becomes of its pulls. */
export interface MirrorReport {
	/** The registry whose images it holds. */
	readonly registry: string;
	readonly host: string;
	readonly success: boolean;
	readonly fault?: Fault;
}

/** What is known of one node. All texts are safe to show. */
export interface NodeReport {
	readonly node: string;
	readonly zone?: string;
	/** One for each registry. */
	readonly pulls: readonly PullReport[];
	readonly mirrors: readonly MirrorReport[];
}
