import type { DiscoveredRegistry } from '../cluster/discovery.ts';
import type { ClusterNode } from '../cluster/node.ts';
import type { Discovery } from '../config/config.ts';
import type { ClusterParts, ClusterSession } from './clusterSession.ts';

/** The cluster that this node belongs to, as it was last seen. */
export interface ClusterHere {
	readonly discovered: () => readonly DiscoveredRegistry[];
	readonly node: () => ClusterNode;
	/** Takes over what is to be found out, from a configuration that is new. */
	configure(discovery: Discovery): Promise<void>;
	stop(): void;
}

/**
 * Asks the Kubernetes API where this process runs in a pod. Elsewhere nothing of what can ask it is even loaded, and there
 * are no registries of pods.
 */
export function createCluster(parts: ClusterParts): ClusterHere {
	let session: ClusterSession | undefined;
	let opened: string | undefined;

	const open = async (discovery: Discovery) => {
		if ((parts.environment['KUBERNETES_SERVICE_HOST'] ?? '') === '') {
			parts.log.debug('this is no pod, so that the Kubernetes API is not asked');
			return undefined;
		}
		const { openSession } = await import('./clusterSession.ts');
		return openSession(discovery, parts);
	};

	return {
		discovered: () => session?.discovered() ?? [],
		node: () => session?.node() ?? {},
		async configure(discovery) {
			const wanted = `${discovery.images} ${discovery.serviceAccount}`;
			if (wanted === opened) return session?.use(discovery);
			session?.stop();
			if (session) parts.onSync(undefined);
			opened = wanted;
			session = await open(discovery);
		},
		stop: () => session?.stop(),
	};
}
