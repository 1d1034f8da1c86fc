import type { RegistrySettings } from '../config/config.ts';
import type { Endpoint } from '../registry/endpoint.ts';
import type { NodeRules, Way } from './nodeRules.ts';

/** How an endpoint is reached: as the entry says, or as the node's runtime would. The proxy stands without its login. */
export function wayTo({ proxy, noProxy, source }: RegistrySettings, endpoint: Endpoint, rules: NodeRules): Way {
	if (proxy.kind === 'node') return rules.wayTo(endpoint);
	if (proxy.kind === 'none') return { noProxy };
	const { scheme, hostname, port, login } = proxy;
	const place = source.line === undefined ? source.file : `${source.file}:${source.line}`;
	return { proxy: { scheme, hostname, port, login: login !== undefined, source: place }, noProxy };
}
