import { parseArgs } from 'node:util';

/** How large the fleet is. */
export interface FleetOptions {
	/** Simulated nodes. */
	readonly nodes: number;
	/** Registries that each probes. */
	readonly registries: number;
	/** Agents that really run; the simulated nodes tell what these tell. */
	readonly agents: number;
	/** Minutes to wait for alerts at most. */
	readonly minutes: number;
}

export const usage = 'usage: node bench/fleet/main.ts [--nodes 1000] [--registries 10] [--agents 20] [--minutes 20]';

/** Reads the command line. Throws for anything that is not a positive number. */
export function readFleetOptions(words: readonly string[]): FleetOptions {
	const text = (value: string) => ({ type: 'string', default: value }) as const;
	const options = { nodes: text('1000'), registries: text('10'), agents: text('20'), minutes: text('20') };
	const { values } = parseArgs({ args: [...words], options });
	const positive = (name: keyof typeof options): number => {
		const value = Number(values[name]);
		if (!Number.isInteger(value) || value < 1) throw new RangeError(`--${name} ${values[name]}: not a positive number`);
		return value;
	};
	return {
		nodes: positive('nodes'),
		registries: positive('registries'),
		agents: positive('agents'),
		minutes: positive('minutes'),
	};
}
