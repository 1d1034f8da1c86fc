import { hostname } from 'node:os';

import type { Config } from '../config/config.ts';
import { readResolvConf } from '../node/resolvConf.ts';
import { readBelow } from '../node/root.ts';
import { planDocument, type PlanDocument } from '../plan/planDocument.ts';
import { planTargets } from '../plan/planTargets.ts';

const resolvConf = '/etc/resolv.conf';

/** The plan of a configuration on the node as it is now. */
export function plannedDocument(config: Config): PlanDocument {
	const { name, root } = config.node;
	const { nameservers, search } = readResolvConf(readBelow(root, resolvConf), hostname());
	const resolver = { nameservers, search, source: resolvConf };
	return planDocument({ node: name, resolver, targets: planTargets(config) });
}
