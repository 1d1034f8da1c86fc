import { planDocument, type PlanDocument } from '../plan/planDocument.ts';
import { resolvConfFile } from '../node/resolvConf.ts';
import type { Target } from '../plan/target.ts';
import type { NodeHere } from './nodeHere.ts';

/** The plan on the node as it was last read; of these targets, or of all. */
export function plannedDocument(here: NodeHere, targets: readonly Target[] = here.targets()): PlanDocument {
	const { resolver } = here.surroundings.vantage();
	const { nameservers, search } = resolver;
	const { runtime } = here.view().facts;
	return planDocument({
		node: here.config.node.name,
		...(runtime.present || runtime.source === 'configuration' ? { runtime } : {}),
		resolver: { nameservers, search, source: resolvConfFile },
		targets,
		faults: here.faults(targets),
	});
}
