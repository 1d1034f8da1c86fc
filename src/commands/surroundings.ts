import type { Config } from '../config/config.ts';
import { createLogins } from '../credentials/logins.ts';
import { createVantage } from '../node/vantage.ts';
import type { Surroundings } from '../probe/probe.ts';
import { createGate } from '../schedule/gate.ts';

/**
 * What every attempt of this process shares: the node's resolver and trust, read afresh for each attempt so that a
 * changed resolv.conf or CA bundle counts at once; the logins; and the gate that bounds how much begins at once.
 */
export function createSurroundings(config: Config): Surroundings {
	return {
		vantage: createVantage(config.node.root),
		logins: createLogins(config),
		gate: createGate(config.concurrency),
	};
}
