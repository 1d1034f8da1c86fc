import type { PathStage } from '../reasons/explanation.ts';
import type { AnyReason } from '../reasons/reason.ts';
import type { Role } from './place.ts';

/** Whose fault it is that an image does not come: the label `cause` of `image_pull_failing`. */
export type Cause = 'image' | 'credentials' | 'node' | 'registry' | 'rate_limit' | 'kubelet' | 'unknown';

/**
 * What the cause rests on. `probe`: the regular probes of this node meet the same fault. `image`: a probe on demand of that
 * very image does. `unknown`: neither; the cause, if one is given, is what kubelet's words say.
 */
export type Explained = 'probe' | 'image' | 'unknown';

/** One thing that was seen. All texts are safe to show. */
export interface Evidence {
	/** Seconds since the epoch, where it is known. */
	readonly at?: number;
	/** Who saw it: kubelet's words, this node's regular probes, a probe on demand, other nodes' agents, this node's files. */
	readonly source: 'kubelet' | 'probe' | 'image' | 'nodes' | 'configuration';
	readonly text: string;
}

/** Something that changed around the time of the first failure. */
export interface Change {
	/** Seconds since the epoch. */
	readonly at: number;
	readonly text: string;
}

/** Why one image of one pod does not come. Described for programs by docs/pods.schema.json. */
export interface PodExplanation {
	readonly namespace: string;
	readonly pod: string;
	readonly uid: string;
	readonly container: string;
	/** As the pod names it. */
	readonly image: string;
	/** The registry of the image as its name says (`docker.io`); absent for what is no image name. */
	readonly registry?: string;
	/** kubelet's word for the state: `ErrImagePull`, `ImagePullBackOff`, `ContainerCreating`. */
	readonly state: string;
	/** When the pull was first seen failing or hanging, in seconds since the epoch. */
	readonly since?: number;
	/** How often kubelet has tried. */
	readonly tries?: number;
	readonly cause: Cause;
	readonly explained: Explained;
	/** Null where nothing says why. */
	readonly reason: AnyReason | null;
	readonly role?: Role;
	readonly stage?: PathStage;
	/** The host that fails. */
	readonly host?: string;
	/** The cause in one sentence. */
	readonly summary: string;
	readonly evidence: readonly Evidence[];
	readonly changed: readonly Change[];
	/** What to do, to be pasted where that is possible. */
	readonly remedy: string;
	/** Names of Secrets that were tried; never what is in them. */
	readonly pullSecrets?: readonly { readonly name: string; readonly success: boolean; readonly reason?: AnyReason }[];
}

/** What an agent says of the pods of its node: the answer to `/api/v1/pods`. */
export interface PodsDocument {
	readonly version: 1;
	readonly node: string;
	/** When the pods were last known as the API server knows them, in seconds since the epoch; absent where nobody asks it. */
	readonly syncedAt?: number;
	/** Those whose image does not come, worst first. */
	readonly pods: readonly PodExplanation[];
}
