import type { DiscoveredRegistry } from '../cluster/discovery.ts';
import type { ClusterNode } from '../cluster/node.ts';
import { noPullSecrets, type PullSecrets } from '../cluster/pullSecrets.ts';
import type { Discovery } from '../config/config.ts';
import type { ClusterParts, ClusterSession, SessionSettings } from './clusterSession.ts';

/** The cluster that this node belongs to, as it was last seen. */
export interface ClusterHere {
	readonly discovered: () => readonly DiscoveredRegistry[];
	readonly node: () => ClusterNode;
	/** Those of pods, where the configuration opts their namespaces in. */
	readonly pullSecrets: PullSecrets;
	/** Takes over what is to be found out, from a configuration that is new. */
	configure(config: SessionSettings): Promise<void>;
	stop(): void;
}

/**
 * Asks the Kubernetes API where this process runs in a pod. Elsewhere nothing of what can ask it is even loaded, and there
 * are no registries of pods.
 */
export function createCluster(parts: ClusterParts): ClusterHere {
	let session: ClusterSession | undefined;
	let opened: string | undefined;

	const open = async (discovery: Discovery, node: ClusterNode) => {
		if ((parts.environment['KUBERNETES_SERVICE_HOST'] ?? '') === '') {
			parts.log.debug('this is no pod, so that the Kubernetes API is not asked');
			return undefined;
		}
		const { openSession } = await import('./clusterSession.ts');
		return openSession(discovery, parts, node);
	};

	return {
		discovered: () => session?.discovered() ?? [],
		node: () => session?.node() ?? {},
		pullSecrets: {
			optedIn: (namespace) => (session?.secrets ?? noPullSecrets).optedIn(namespace),
			loginsFor: (pod, image) => (session?.secrets ?? noPullSecrets).loginsFor(pod, image),
		},
		async configure(config) {
			const { discovery } = config;
			const wanted = `${discovery.images} ${discovery.serviceAccount}`;
			if (wanted !== opened) {
				const node = session?.node() ?? {};
				session?.stop();
				if (session) parts.onSync(undefined);
				opened = wanted;
				session = await open(discovery, node);
			}
			await session?.use(config);
		},
		stop: () => session?.stop(),
	};
}
