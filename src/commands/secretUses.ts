import type { PodFacts, PodImage } from '../cluster/pod.ts';
import type { PullSecretLogin, PullSecrets, SecretFault } from '../cluster/pullSecrets.ts';
import type { Reference } from '../registry/reference.ts';
import type { Login } from '../registry/secret.ts';
import { fingerprintOf } from '../schedule/fingerprint.ts';

/** A login, or the lack of one, that a pull secret has for a registry from which pods that name it have images. */
export interface SecretUse {
	/** The same for the same login of the same Secret at the same registry. */
	readonly key: string;
	/** As the images' names have it. */
	readonly registry: string;
	readonly namespace: string;
	/** Its name. */
	readonly secret: string;
	/** One that a pod with this secret has there, if possible one that the runtime has got already. */
	readonly image: Reference;
	/** `none` without a login. */
	readonly fingerprint: string;
	readonly login?: Login;
	/** Only without a login. */
	readonly fault?: SecretFault;
}

/** Uses that are looked at. */
export const mostUses = 100;

const pulling: ReadonlySet<string> = new Set(['ErrImagePull', 'ImagePullBackOff']);

/**
 * What the pull secrets of pods are used for, each use once. That a secret has no entry for a registry counts only where an
 * image does not come and no other secret of its pod has one: most images want no login.
 */
export async function secretUses(pods: readonly PodFacts[], secrets: PullSecrets): Promise<readonly SecretUse[]> {
	const uses = new Map<string, { readonly use: SecretUse; readonly pulled: boolean }>();
	const known = new Map<string, Promise<readonly PullSecretLogin[]>>();
	const concerned = pods.filter(({ namespace, pullSecrets }) => pullSecrets.length > 0 && secrets.optedIn(namespace));
	for (const pod of concerned) {
		for (const { reference, ...image } of pod.images) {
			if (!reference) continue;
			const asked = [pod.namespace, ...pod.pullSecrets, reference.domain, reference.repository].join(' ');
			const logins = known.get(asked) ?? secrets.loginsFor(pod, reference);
			known.set(asked, logins);
			for (const use of usesOf(pod, image, reference, await logins)) {
				const before = uses.get(use.key);
				const better = before ? !before.pulled && image.pulled : uses.size < mostUses;
				if (better) uses.set(use.key, { use, pulled: image.pulled });
			}
		}
	}
	return [...uses.values()].map(({ use }) => use);
}

function usesOf(
	pod: PodFacts,
	image: Pick<PodImage, 'image'>,
	reference: Reference,
	logins: readonly PullSecretLogin[],
): readonly SecretUse[] {
	const { namespace } = pod;
	const waits = pod.waiting.some((waiting) => waiting.image === image.image && pulling.has(waiting.reason));
	const served = logins.some(({ login }) => login !== undefined);
	return logins.flatMap(({ name: secret, login, reason: fault }) => {
		if (fault === 'secret_no_entry' && (served || !waits)) return [];
		const fingerprint = fingerprintOf(login ? { registry: login } : {});
		const key = [reference.domain, namespace, secret, fingerprint].join(' ');
		const about = { key, registry: reference.domain, namespace, secret, image: reference, fingerprint };
		return [{ ...about, ...(login && { login }), ...(fault && { fault }) }];
	});
}

/** How a use is called where it is remembered beside targets. */
export function nameOf({ registry, namespace, secret }: SecretUse): string {
	return `secret ${namespace}/${secret} ${registry}`;
}
