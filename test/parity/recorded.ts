import { readFileSync } from 'node:fs';

import type { Runtime } from '../../src/plan/pullHost.ts';

/** What a real runtime did with a scenario. */
export interface Pull {
	/** `containerd/2.4.2 local`. */
	readonly runtime: string;
	readonly pulled: boolean;
	readonly seconds: number;
	readonly viaProxy: boolean;
	/** `METHOD host path` in the order in which they were first sent, those to token services and CDNs too. */
	readonly requests: readonly string[];
}

export interface Recorded {
	readonly scenario: string;
	/** What is special, in words. */
	readonly setup: string;
	/** Whose fault it was where a pull failed. */
	readonly fault?: { readonly role: string; readonly reason: string };
	readonly pulls: readonly Pull[];
}

interface Table {
	readonly scenarios: readonly (Omit<Recorded, 'pulls'> & {
		readonly pulls: readonly (Omit<Pull, 'runtime' | 'seconds' | 'viaProxy'> & {
			readonly runtimes: Readonly<Record<string, number>>;
			readonly viaProxy?: true;
		})[];
	})[];
}

const table = JSON.parse(readFileSync(new URL('../data/runtimePulls.json', import.meta.url), 'utf8')) as Table;

/** The recorded pulls, by scenario. */
export const recorded: readonly Recorded[] = table.scenarios.map(({ pulls, ...scenario }) => ({
	...scenario,
	pulls: pulls.flatMap(({ runtimes, viaProxy = false, ...pull }) =>
		Object.entries(runtimes).map(([runtime, seconds]) => ({ ...pull, runtime, seconds, viaProxy })),
	),
}));

/** The runtime that a name of the table stands for. */
export function runtimeOf(name: string): Runtime {
	const [, runtime, version = '', local] = /^(\S+)\/(\S+)( local)?$/.exec(name) ?? [];
	if (runtime !== 'containerd' && runtime !== 'cri-o') throw new TypeError(`no runtime: ${name}`);
	return { name: runtime, version, ...(local !== undefined && { localPull: true }) };
}
