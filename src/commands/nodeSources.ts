import { join } from 'node:path';

import type { NodeSettings } from '../config/config.ts';
import type { NodeSources } from '../credentials/nodeLogins.ts';
import { readKeyring } from '../node/kubelet/keyring.ts';
import { type Kubelet, readKubelet } from '../node/kubelet/kubelet.ts';
import { readProviders } from '../node/kubelet/readProviders.ts';
import { resolveBelow, unlessExhausted } from '../node/root.ts';

/** Milliseconds for which the kubelet is taken to run as it did: its flags change only with a restart. */
const settled = 10_000;
/** What a service of systemd has where its unit does not say. */
const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Where the logins of this node come from. Its providers are run only where the configuration says so. `runtime`: what
 * the runtime is configured with.
 */
export function nodeSources(
	{ root, credentialProviders }: Pick<NodeSettings, 'root' | 'credentialProviders'>,
	runtime: NodeSources['runtime'] = () => ({}),
): NodeSources {
	const kubelet = kubeletReader(root);
	return {
		runtime,
		keyring: () => readKeyring(root, kubelet()),
		providers() {
			if (credentialProviders === 'list') return [];
			return readProviders(root, kubelet().providers).providers.map((provider) => ({
				...provider,
				executable: realPath(root, provider.program),
				inherited: () => ({ PATH: usualPath, ...Object.fromEntries(kubelet().environment) }),
			}));
		},
	};
}

/** Where links go round there is no program; running it tells. */
function realPath(root: string, path: string): string {
	return unlessExhausted(() => resolveBelow(root, path)) ?? join(root, path);
}

function kubeletReader(root: string): () => Kubelet {
	let last: { readonly kubelet: Kubelet; readonly at: number } | undefined;
	return () => {
		const now = performance.now();
		if (!last || now - last.at > settled) last = { kubelet: readKubelet(root, last?.kubelet.pid), at: now };
		return last.kubelet;
	};
}
