import type { ApiAccess } from '../cluster/access.ts';
import type { PodFacts } from '../cluster/pod.ts';
import { noPullSecrets, type PullSecrets } from '../cluster/pullSecrets.ts';
import type { PullSecretSettings } from '../config/config.ts';
import type { PullSecretParts, PullSecretsHere } from './pullSecretsHere.ts';

/** The pull secrets of pods, as the configuration wants them now. */
export interface SessionSecrets {
	readonly secrets: PullSecrets;
	/** Takes in the pods as they are now. */
	see(pods: readonly PodFacts[]): void;
	use(settings: PullSecretSettings): Promise<void>;
	stop(): void;
}

/** Reads pull secrets while some namespace is opted in; otherwise what can read them is not even loaded. */
export function createSessionSecrets(access: ApiAccess, parts: PullSecretParts): SessionSecrets {
	let pods: readonly PodFacts[] = [];
	let here: PullSecretsHere | undefined;
	let ended = false;
	const secrets: PullSecrets = {
		optedIn: (namespace) => (here ?? noPullSecrets).optedIn(namespace),
		loginsFor: (pod, image) => (here ?? noPullSecrets).loginsFor(pod, image),
	};
	const close = () => {
		here?.stop();
		here = undefined;
	};
	return {
		secrets,
		see(now) {
			pods = now;
			here?.see(now);
		},
		async use(settings) {
			if (settings.namespaces.length === 0) return close();
			if (here) return here.use(settings);
			const { openPullSecrets } = await import('./pullSecretsHere.ts');
			if (ended) return;
			here = openPullSecrets(access, settings, parts);
			here.see(pods);
		},
		stop() {
			ended = true;
			close();
		},
	};
}
