import { type DockerConfigEntry, matchEntries } from '../registry/dockerConfig.ts';
import { loginExpiry } from '../registry/loginExpiry.ts';
import type { Reference } from '../registry/reference.ts';
import type { Login } from '../registry/secret.ts';
import type { PodFacts } from './pod.ts';
import type { PullSecret, SecretFault } from './pullSecret.ts';

export type { SecretFault } from './pullSecret.ts';

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

/** A pod as far as its pull secrets go. */
export type PodWithSecrets = Pick<PodFacts, 'namespace' | 'pullSecrets'>;

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
	loginsFor(pod: PodWithSecrets, image: Reference): Promise<readonly PullSecretLogin[]>;
}

/** Where nothing is opted in. */
export const noPullSecrets: PullSecrets = { optedIn: () => false, loginsFor: () => Promise.resolve([]) };

/** A Secret of a pod, as it was read. */
interface Held {
	readonly name: string;
	readonly secret: PullSecret;
}

/** The pull secrets of pods in these namespaces, read by `read`, which never rejects. */
export function createPullSecrets(
	namespaces: () => readonly string[],
	read: (namespace: string, name: string) => Promise<PullSecret>,
): PullSecrets {
	const optedIn = (namespace: string) => namespaces().includes(namespace);
	return {
		optedIn,
		async loginsFor({ namespace, pullSecrets }, image) {
			if (!optedIn(namespace)) return [];
			const held = await Promise.all(pullSecrets.map(async (name) => ({ name, secret: await read(namespace, name) })));
			return loginsIn(held, namespace, image);
		},
	};
}

/**
 * The kubelet puts the entries of all secrets of a pod into one keyring: a longer path in the second secret comes before a
 * shorter one in the first
 * (https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/credentialprovider/keyring.go).
 */
function loginsIn(held: readonly Held[], namespace: string, image: Reference): readonly PullSecretLogin[] {
	const owners = new Map<DockerConfigEntry, Held>();
	for (const one of held) for (const entry of one.secret.config?.entries ?? []) owners.set(entry, one);
	const matching = matchEntries({ entries: [...owners.keys()], ignored: [] }, `${image.domain}/${image.repository}`);
	const given = matching.flatMap((entry) => {
		const owner = owners.get(entry);
		return owner && entry.login ? [{ owner, login: entry.login }] : [];
	});
	const givers = new Set(given.map(({ owner }) => owner));
	return [
		...given.map(({ owner, login }) => withLogin(owner, namespace, login)),
		...held
			.filter((one) => !givers.has(one))
			.map((one) => ({ ...aboutSecret(one), reason: one.secret.fault ?? ('secret_no_entry' as const) })),
	];
}

function withLogin(owner: Held, namespace: string, login: Login): PullSecretLogin {
	const notAfter = loginExpiry(login);
	const known = { ...login, source: `secret ${namespace}/${owner.name}`, ...(notAfter !== undefined && { notAfter }) };
	return { ...aboutSecret(owner), login: known, ...(notAfter !== undefined && { notAfter }) };
}

function aboutSecret({ name, secret: { updatedAt, version } }: Held): PullSecretLogin {
	return { name, ...(updatedAt !== undefined && { updatedAt }), ...(version !== undefined && { version }) };
}
