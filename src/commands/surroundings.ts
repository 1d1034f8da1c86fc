import type { Config } from '../config/config.ts';
import { createLogins, type LoginOptions } from '../credentials/logins.ts';
import type { NodeSources } from '../credentials/nodeLogins.ts';
import { createVantage } from '../node/vantage.ts';
import type { Surroundings } from '../probe/probe.ts';
import { createGate } from '../schedule/gate.ts';
import { nodeSources } from './nodeSources.ts';

/** What is told about logins, and what ends the programs that are run for them. */
export interface LoginEvents extends Pick<LoginOptions, 'onLogin' | 'onRun' | 'signal'> {
	/** The logins that the runtime is configured with. */
	readonly runtime?: NodeSources['runtime'];
}

/**
 * What every attempt of this process shares: the node's resolver and trust, read afresh for each attempt so that a
 * changed resolv.conf or CA bundle counts at once; the logins; and the gate that bounds how much begins at once.
 */
export function createSurroundings(config: Config, { runtime, ...events }: LoginEvents = {}): Surroundings {
	return {
		vantage: createVantage(config.node.root),
		logins: createLogins(config, { node: nodeSources(config.node, runtime), ...events }),
		gate: createGate(config.concurrency),
	};
}
