import type { Target } from '../target.ts';
import { attempt, type Finding } from './attempt.ts';
import type { Material } from './mutateBytes.ts';

/** A beginning, a piece that is repeated until the length is there, and an end. */
interface Pump {
	readonly head: Buffer;
	readonly piece: Buffer;
	readonly tail: Buffer;
	readonly repair: Target['repair'];
}

const small = 16 * 1024;
const factor = 4;
/** Less than this, in milliseconds of processor time, grows into nothing that could be felt. */
const least = 3;
const felt = 60;
/** Linear is 4, with a logarithm a little more; the square is 16. */
const mostGrowth = 8;

/** An input of about this length; the piece is repeated between head and tail. */
function pumped({ head, piece, tail, repair }: Pump, length: number): Buffer {
	const times = Math.max(1, Math.ceil((length - head.length - tail.length) / Math.max(1, piece.length)));
	const whole = Buffer.concat([head, ...Array<Buffer>(times).fill(piece), tail]).subarray(0, length);
	return repair ? repair(whole) : whole;
}

/** A pump made of an input: a piece of it, or a word, again and again. */
function pumpOf(input: Buffer, { repair }: Target, { random, words }: Material): Pump {
	const from = random.below(input.length + 1);
	const own = input.subarray(from, from + random.small(24));
	const word = Buffer.from(random.pick(words) ?? '');
	const signs = Buffer.from(
		random.pick([' ', '\t', '\n', '"', '\\', '\\\n', '(', '[', '{', '%', ':', '/', '.', '-', ',', '\0', 'a']) ?? '',
	);
	const piece = random.pick([own, own, word, signs, Buffer.concat([word, signs])]) ?? own;
	const used = piece.length > 0 ? piece : signs;
	return {
		head: random.once(4) ? Buffer.alloc(0) : input.subarray(0, from),
		piece: used,
		tail: random.once(2) ? input.subarray(from) : Buffer.from(random.once(2) ? '' : '!'),
		repair,
	};
}

async function timed(target: Target, input: Buffer, rounds: number): Promise<number> {
	let best = Infinity;
	for (let round = 0; round < rounds; round++) best = Math.min(best, (await attempt(target, input)).took);
	return best;
}

/**
 * Whether the time that a target takes grows faster than the length of its input: a pattern that backtracks, a list that is
 * searched for each of its entries. Lengths are compared, not times with a clock, so that a slow machine finds nothing else.
 */
export async function growth(target: Target, input: Buffer, material: Material): Promise<Finding | undefined> {
	const most = target.most ?? 64 * 1024;
	const short = Math.min(small, most / factor);
	const pump = pumpOf(input, target, material);
	const first = await attempt(target, pumped(pump, short));
	if (first.finding) return first.finding;
	if (first.took < least) return material.random.once(4) ? await atLength(target, pump, most, first.took) : undefined;
	return await compared(target, pump, short, factor);
}

/** What is quick when short is tried once at full length. */
async function atLength(target: Target, pump: Pump, most: number, took: number): Promise<Finding | undefined> {
	const long = await attempt(target, pumped(pump, most));
	if (long.finding?.kind === 'error') return long.finding;
	const expected = Math.max(1, took) * (most / Math.min(small, most / factor));
	if (long.took < felt || long.took < 4 * expected) return undefined;
	return await compared(target, pump, Math.floor(most / factor / factor), factor);
}

async function compared(target: Target, pump: Pump, short: number, times: number): Promise<Finding | undefined> {
	const long = pumped(pump, short * times);
	const [before, after] = [await timed(target, pumped(pump, short), 2), await timed(target, long, 1)];
	if (after < felt || after / Math.max(before, 0.5) < mostGrowth) return undefined;
	const [again, still] = [await timed(target, pumped(pump, short), 3), await timed(target, long, 2)];
	const grown = still / Math.max(again, 0.5);
	if (still < felt || grown < mostGrowth) return undefined;
	const { piece } = pump;
	const what = `takes time that grows faster than its length, with ${JSON.stringify(piece.toString())} again and again`;
	return { kind: 'growth', what, input: long };
}
