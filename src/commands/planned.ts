import { resolvConfFile } from '../node/resolvConf.ts';
import { readNodeCredentials } from '../node/kubelet/nodeCredentials.ts';
import { planDocument, type PlanDocument } from '../plan/planDocument.ts';
import type { Target } from '../plan/target.ts';
import type { NodeHere } from './nodeHere.ts';

/** The plan on the node as it was last read; of these targets, or of all. */
export function plannedDocument(here: NodeHere, targets: readonly Target[] = here.targets()): PlanDocument {
	const { name, root, credentialProviders } = here.config.node;
	const { resolver, upstreams, lookup, bundle } = here.surroundings.vantage();
	const { nameservers, search } = resolver;
	const { runtime, environment } = here.view().facts;
	const { keyring, providers } = readNodeCredentials(root);
	return planDocument({
		node: name,
		...(runtime.present || runtime.source === 'configuration' ? { runtime } : {}),
		facts: {
			rules: runtime,
			reader: environment.reader,
			bundle,
			keyring,
			providers: providers.providers,
			run: credentialProviders === 'run',
		},
		resolver: {
			nameservers,
			search,
			source: resolvConfFile,
			upstreams,
			...(lookup.libc !== undefined && { libc: lookup.libc }),
		},
		targets,
		faults: here.faults(targets),
	});
}
