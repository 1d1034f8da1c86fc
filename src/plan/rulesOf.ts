import type { NodeFacts } from '../node/readNode.ts';
import { containerdFaults, containerdRoute } from './containerd/route.ts';
import { crioFaults } from './crio/crioFaults.ts';
import { crioRoute } from './crio/crioRoute.ts';
import { nodeProxy, proxyFaults } from './nodeProxy.ts';
import { type NodeRules, silentNode } from './nodeRules.ts';
import type { Runtime } from './pullHost.ts';

/** What a node says, as rules: those of its runtime and version. */
export function rulesOf({ runtime, environment, containerd, crio }: NodeFacts): NodeRules {
	const { name, version } = runtime;
	const rules: Runtime = { name, version };
	const faults = [...environment.faults, ...proxyFaults(environment)];
	const common: Pick<NodeRules, 'runtime' | 'wayTo'> = {
		runtime: rules,
		wayTo(endpoint) {
			const { proxy, noProxy } = nodeProxy(environment, endpoint);
			return { ...(proxy && { proxy }), noProxy };
		},
	};
	if (crio) {
		const route: NodeRules['route'] = (image) => crioRoute(crio, image, rules);
		return { ...common, client: 'cri-o', route, faults: [...faults, ...crio.faults, ...crioFaults(crio, rules)] };
	}
	if (!containerd) return { ...silentNode, ...common, faults };
	const route: NodeRules['route'] = (image) => containerdRoute(containerd, image, rules);
	return { ...common, client: 'containerd', route, faults: [...faults, ...containerdFaults(containerd, rules)] };
}
