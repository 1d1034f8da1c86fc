import { parseArgs } from 'node:util';

/** What the bench was asked for. */
export interface Options {
	/** Names of parts; empty for all. */
	readonly parts: readonly string[];
	/** The peer's binary. */
	readonly peer?: string;
	readonly rounds: number;
	readonly attempts: number;
}

export const usage = 'usage: npm run bench -- [PART...] [--peer PATH] [--rounds N] [--attempts N]';

/** Reads the command line. Throws `RangeError` or `TypeError` with what is wrong. */
export function readOptions(words: readonly string[], known: readonly string[]): Options {
	const { values, positionals } = parseArgs({
		args: [...words],
		allowPositionals: true,
		options: {
			peer: { type: 'string' },
			rounds: { type: 'string', default: '3' },
			attempts: { type: 'string', default: '20000' },
		},
	});
	const unknown = positionals.filter((part) => !known.includes(part));
	if (unknown.length > 0) throw new RangeError(`no part ${unknown.join(', ')}; parts are ${known.join(', ')}`);
	return {
		parts: positionals,
		...(values.peer === undefined ? {} : { peer: values.peer }),
		rounds: whole('--rounds', values.rounds, 1, 99),
		attempts: whole('--attempts', values.attempts, 4000, 10_000_000),
	};
}

function whole(name: string, text: string, least: number, most: number): number {
	const value = Number(text);
	if (Number.isInteger(value) && value >= least && value <= most) return value;
	throw new RangeError(`${name} wants a whole number from ${least} to ${most}`);
}
