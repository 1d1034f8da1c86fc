import type { PodFacts, Waiting } from '../../cluster/pod.ts';
import type { PodEvent } from '../../cluster/podEvent.ts';
import type { Observation } from '../../probe/observation.ts';
import type { Reference } from '../../registry/reference.ts';
import type { TargetState } from '../../store/targetState.ts';
import type { PullVerdict } from '../../verdict/pullVerdict.ts';
import type { Change } from '../podExplanation.ts';
import type { Words } from './words.ts';

/** What a probe on demand of one image found. */
export interface Demanded {
	/** Whether this node's runtime would get the image; absent where nothing was asked, or too little to tell. */
	readonly pull?: PullVerdict;
	/** One for each host that was asked. */
	readonly observations: readonly Observation[];
	/** Whose login was shown: the one that was given, the node's own, or none. */
	readonly login: 'given' | 'node' | 'none';
	/** Why hosts were not asked: the configuration leaves the registry out, or the host asked to be left alone. */
	readonly unasked?: 'denied' | 'paused';
}

/** One probe on demand of a container's image. */
export interface ImageTry {
	/** When it began, in seconds since the epoch. */
	readonly at: number;
	/** The pull secret whose login was shown; absent without one. */
	readonly secret?: string;
	readonly found: Demanded;
}

/** A pull secret of the pod that has no login for the image. */
export interface UnusableSecret {
	readonly name: string;
	/** `secret_not_found`, `secret_no_entry`. */
	readonly fault: string;
}

/** A container whose image does not come, or does not seem to, and all that is known about it. */
export interface Stuck {
	readonly pod: Pick<PodFacts, 'namespace' | 'name' | 'uid' | 'pullSecrets'>;
	readonly waiting: Waiting;
	/** Absent where the name of the image cannot be read. */
	readonly reference?: Reference;
	/** Of the kubelet, about the pod and its containers, oldest first; empty where they may not be read. */
	readonly events: readonly PodEvent[];
	/** What the kubelet says about the cause in the container's state and in these events, where somebody has read it before. */
	readonly words?: Words;
	/** When the container was first seen waiting so, in seconds since the epoch. */
	readonly seenAt: number;
	/** In the order in which the kubelet tries logins. */
	readonly tries: readonly ImageTry[];
	/** Whether the pod's pull secrets could be read. */
	readonly secretsRead: boolean;
	readonly unusableSecrets: readonly UnusableSecret[];
	/** What changed around this image's registry, oldest first. */
	readonly changed: readonly Change[];
}

/** What the regular probes of this node see. */
export interface NodeSight {
	readonly states: readonly TargetState[];
	readonly verdicts: readonly PullVerdict[];
	/** Milliseconds since the epoch. */
	readonly now: number;
}
