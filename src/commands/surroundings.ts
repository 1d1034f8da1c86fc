import type { Config } from '../config/config.ts';
import { createLogins, type LoginOptions } from '../credentials/logins.ts';
import type { NodeSources } from '../credentials/nodeLogins.ts';
import type { Surroundings } from '../probe/probe.ts';
import { SecretMemory } from '../probe/secretMemory.ts';
import { createGate } from '../schedule/gate.ts';
import { nodeSources } from './nodeSources.ts';

/** What is told about logins, and what ends the programs that are run for them. */
export type LoginEvents = Pick<LoginOptions, 'onLogin' | 'onRun' | 'signal'>;

/** What attempts need of the node, beside what is told about their logins. */
export interface NodeParts extends LoginEvents, Pick<LoginOptions, 'nodeProxyLogin'>, Pick<Surroundings, 'vantage'> {
	/** The logins that the runtime is configured with. */
	readonly runtime: NodeSources['runtime'];
}

/** Of the whole process: a reload may change what is shown, and not what was. */
const memory = new SecretMemory();

/**
 * What every attempt of this process shares: the node's resolver and trust, never older than a second so that a changed
 * resolv.conf or CA bundle counts at once; the logins; what was shown of them; and the gate that bounds how much begins at once.
 */
export function createSurroundings(config: Config, { vantage, runtime, ...options }: NodeParts): Surroundings {
	return {
		vantage: sharedForASecond(vantage),
		logins: createLogins(config, { node: nodeSources(config.node, runtime), ...options }),
		gate: createGate(config.concurrency),
		memory,
	};
}

/** Attempts that begin close together share what was read: on a node with many targets it was a seventh of their CPU time. */
function sharedForASecond<T>(read: () => T): () => T {
	let last: { readonly value: T; readonly at: number } | undefined;
	return () => {
		const now = performance.now();
		if (!last || now - last.at >= 1000) last = { value: read(), at: now };
		return last.value;
	};
}
