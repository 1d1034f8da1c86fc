import { parseArgs } from 'node:util';

/** What is asked for on the command line. */
export interface Options {
	/** Names of targets; none: all of them. */
	readonly targets: readonly string[];
	/** Minutes of processor time for each target. */
	readonly minutes: number;
	readonly seed: number;
	/** Inputs for each target at most. */
	readonly runs: number;
	/** Only says which targets there are. */
	readonly list: boolean;
	/** Leaves the corpus as it is. */
	readonly keep: boolean;
}

export const usage = 'usage: npm run fuzz -- [PARSER…] [--minutes 10] [--seed 1] [--runs N] [--list] [--keep]';

/** Reads the command line. Throws for what is none. */
export function readOptions(words: readonly string[], known: readonly string[]): Options {
	const { values, positionals } = parseArgs({
		args: [...words],
		allowPositionals: true,
		options: {
			minutes: { type: 'string', default: '10' },
			seed: { type: 'string', default: '1' },
			runs: { type: 'string' },
			list: { type: 'boolean', default: false },
			keep: { type: 'boolean', default: false },
		},
	});
	const unknown = positionals.filter((name) => !known.includes(name));
	if (unknown.length > 0) throw new Error(`there is no parser ${unknown.join(', ')}; --list says which there are`);
	const [minutes, seed, runs] = [values.minutes, values.seed, values.runs ?? Number.MAX_SAFE_INTEGER].map(Number);
	if (!minutes || minutes < 0 || seed === undefined || !Number.isInteger(seed) || !runs) {
		throw new Error('--minutes, --seed and --runs are numbers');
	}
	const { list, keep } = values;
	return { targets: positionals.length > 0 ? positionals : known, minutes, seed, runs, list, keep };
}
