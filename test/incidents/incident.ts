import type { Cause } from '../../src/explain/podExplanation.ts';
import type { Login, Setup } from '../parity/site.ts';

/** What an incident is about, as people would file it. */
export const kinds = ['node', 'zone', 'registry', 'credentials', 'image', 'limit', 'kubelet', 'two'] as const;

export type Kind = (typeof kinds)[number];

/** What the pod has in `imagePullSecrets`: a login, or a Secret that helps nobody. */
export type SecretWish = Login | 'absent' | 'for another host' | 'of another type' | 'not readable';

/** Something that goes wrong, set up on real sockets, with the words that a real runtime printed for it. */
export interface Incident {
	/** Unique; the name of its hosts begins with it. */
	readonly id: string;
	readonly kind: Kind;
	/** What is wrong, in words. */
	readonly what: string;
	/** Whose fault it is. Of two faults at once, or where two share one, each of them is right. */
	readonly causes: readonly Cause[];
	/** The recorded fault whose servers are built and whose words the kubelet repeats. Default: the id. */
	readonly like?: string;
	/** Servers of its own. */
	readonly setup?: Setup;
	/** Default: `ID.lab.test`. */
	readonly host?: string;
	/** What the kubelet says in place of the recorded words; empty: nothing, the pull hangs. `IMAGE` stands for the image. */
	readonly words?: string;
	/** The state of the container. Default: `ImagePullBackOff`, or `ContainerCreating` where nothing is said. */
	readonly state?: string;
	/** Default: the login that the recorded pull was given, if it was. */
	readonly secret?: SecretWish;
	/** Seconds since the pull began. Default: 300. */
	readonly since?: number;
}

/** A node with one runtime, on which some incidents happen. */
export interface WorldPlan {
	readonly name: string;
	/** As the recorded texts name it: `containerd 2.4.2`. */
	readonly runtime: string;
	readonly zone?: string;
	/** Whose nameserver the node has in place of the good one: an address. */
	readonly nameserver?: string;
	/** A registry that works is probed beside those of the incidents. Default: true. */
	readonly healthy?: boolean;
	/** A registry of the configuration that fails as those of the incidents do. */
	readonly alike?: { readonly host: string; readonly setup: Setup };
	readonly incidents: readonly Incident[];
}

/** What the agent said of an incident. */
export interface Given {
	readonly cause: Cause;
	readonly explained: 'probe' | 'image' | 'unknown';
	readonly reason: string | null;
	readonly summary: string;
}

export interface Outcome {
	readonly id: string;
	/** Absent where the agent said nothing. */
	readonly given?: Given;
	/** All that it ever said with `explained` other than `unknown`, also what it has taken back. */
	readonly claims: readonly Given[];
}

/** An incident of a recorded fault. */
export function recordedFault(
	kind: Kind,
	causes: readonly Cause[],
	like: string,
	what: string,
	more: Partial<Incident> = {},
): Incident {
	return { id: like, kind, causes, like, what, ...more };
}
