import type { DiscoveredRegistry } from '../cluster/discovery.ts';
import type { Config } from '../config/config.ts';
import type { NodeFault } from '../node/fault.ts';
import { createVantage } from '../node/vantage.ts';
import { watchNode } from '../node/watchNode.ts';
import { nodeProxyLogin } from '../plan/nodeProxy.ts';
import { planTargets } from '../plan/planTargets.ts';
import type { Target } from '../plan/target.ts';
import type { Surroundings } from '../probe/probe.ts';
import { type NodeView, nodeFaults, readNodeView, runtimeLogins, trustOf } from './nodeView.ts';
import { createSurroundings, type LoginEvents } from './surroundings.ts';

/** The node that a configuration is about, as it was last read. */
export interface NodeHere {
	readonly config: Config;
	readonly view: () => NodeView;
	/** What every attempt is given. */
	readonly surroundings: Surroundings;
	/** What is probed. */
	readonly targets: () => readonly Target[];
	/** What is wrong with the node as far as it concerns these targets, or those of the plan. */
	readonly faults: (targets?: readonly Target[]) => readonly NodeFault[];
	/** Calls `onChange` each time that the node was read again because a file of it has changed; gives what ends that. */
	readonly watch: (onChange: (changed: readonly string[]) => void, onError: (error: unknown) => void) => () => void;
}

/**
 * Reads the node of a configuration; `discovered` are the registries that the cluster tells of. Rejects only when this
 * process is out of descriptors.
 */
export async function openNode(
	config: Config,
	events: LoginEvents = {},
	discovered: () => readonly DiscoveredRegistry[] = () => [],
): Promise<NodeHere> {
	const { root } = config.node;
	let readAt = Date.now();
	let view = await readNodeView(config.node);
	const vantage = createVantage(root, () => trustOf(view));
	const surroundings = createSurroundings(config, {
		...events,
		vantage,
		runtime: () => runtimeLogins(view),
		nodeProxyLogin: (target) => nodeProxyLogin(view.facts.environment, target),
	});
	const targets = () => planTargets(config, view.rules, discovered());
	return {
		config,
		view: () => view,
		surroundings,
		targets,
		faults: (planned = targets()) => nodeFaults(view, vantage(), planned, root),
		watch(onChange, onError) {
			let last = Promise.resolve();
			const again = async (changed: readonly string[]) => {
				readAt = Date.now();
				view = await readNodeView(config.node);
				onChange(changed);
			};
			const queue = (changed: readonly string[]) => {
				last = last.then(() => again(changed)).catch(onError);
			};
			const watch = watchNode(() => view.paths, queue, { root, since: readAt });
			return () => watch.close();
		},
	};
}
