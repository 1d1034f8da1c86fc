import type { Reference } from '../registry/reference.ts';
import type { Login } from '../registry/secret.ts';
import type { PodFacts } from './pod.ts';

/**
 * Why a pull secret gives no login for an image. `secret_not_found`, `secret_wrong_type`, `secret_no_entry`: the kubelet
 * passes over it and pulls with the others, or without any. `secret_malformed`: the kubelet refuses the whole pull, whatever
 * else the pod has. `secret_forbidden`, `secret_unavailable`: we could not read it; what is in it is not known.
 */
export type SecretFault =
	| 'secret_not_found'
	| 'secret_wrong_type'
	| 'secret_no_entry'
	| 'secret_malformed'
	| 'secret_forbidden'
	| 'secret_unavailable';

/** What one pull secret of a pod holds for an image: a login, or why there is none. */
export interface PullSecretLogin {
	/** Of the Secret, in the pod's namespace. */
	readonly name: string;
	/** Its `source` is `secret NAMESPACE/NAME`. */
	readonly login?: Login;
	/** When the login ends, in seconds since the epoch, where it says so itself. */
	readonly notAfter?: number;
	/** When the Secret was last changed, in seconds since the epoch, where the API server says so. */
	readonly updatedAt?: number;
	/** The Secret's `resourceVersion`: another one is another state of it. Absent where it could not be read. */
	readonly version?: string;
	/** Only without a login. */
	readonly reason?: SecretFault;
}

/** The pull secrets of pods, in the namespaces that were opted in. */
export interface PullSecrets {
	/** Whether Secrets of a namespace may be read. */
	readonly optedIn: (namespace: string) => boolean;
	/**
	 * The logins that the pod's own pull secrets hold for an image, in the order in which the kubelet tries them, then the
	 * secrets that give none. A pod's `imagePullSecrets` are all that the kubelet looks at: those of its service account
	 * were written there when the pod was admitted. A secret with several logins for the image is there several times.
	 * Empty where the namespace is not opted in. Never rejects.
	 */
	loginsFor(pod: Pick<PodFacts, 'namespace' | 'pullSecrets'>, image: Reference): Promise<readonly PullSecretLogin[]>;
}
