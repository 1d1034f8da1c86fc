import type { Facts, Observation } from '../../src/probe/observation.ts';
import { names, targetAt, verdict } from '../probe/world.ts';
import type { Change } from './serve.ts';

/** How an attempt ended. */
export interface Ending {
	/** `role stage reason`; `none` when it succeeded. */
	readonly verdict: string;
	/** Of the last record, which is the one that failed where one did. */
	readonly facts: Facts;
}

export function ending(observation: Observation): Ending {
	return { verdict: verdict(observation), facts: observation.records.at(-1)?.facts ?? {} };
}

/** What the nameserver says when these are all the addresses of the registry. */
export function registryAt(...addresses: readonly string[]): Change {
	const of = (six: boolean) => addresses.filter((address) => address.includes(':') === six);
	return { answers: { [names.registry]: { A: of(false), AAAA: of(true) } } };
}

/** What is tried where nothing else is said: `registry.test/team/app:1` at its own host. */
export const registryTarget = targetAt({ scheme: 'https', hostname: names.registry, port: 443 });
