import type { Random } from './random.ts';

/** What a change is made with. */
export interface Material {
	readonly random: Random;
	/** Words of the parser's language. */
	readonly words: readonly string[];
	/** Another input, to take from. */
	readonly other: Buffer;
}

/** A change of an input. */
export type Change = (input: Buffer, material: Material) => Buffer;

const telling = [0, 1, 0x09, 0x0a, 0x0d, 0x1b, 0x20, 0x22, 0x27, 0x2c, 0x3a, 0x3d, 0x5c, 0x7f, 0x80, 0xc0, 0xfe, 0xff];
/** Texts that parsers stumble over, whatever they read: controls, directions of writing, broken pairs, numbers at edges. */
const troubling = [
	'\u001b[31m',
	'\u0000',
	'\u0085',
	'\u00a0',
	'\u2028',
	'\u202e',
	'\u200b',
	'\ufeff',
	'\u{1f600}',
	'\u0131',
	'\r\n',
	'\r',
	'%00',
	'%',
	'\\',
	'\\u0000',
	'$(x)',
	'../',
	'__proto__',
	'constructor',
	'toString',
	'-1',
	'0',
	'-0',
	'65535',
	'65536',
	'2147483648',
	'4294967296',
	'9007199254740993',
	'18446744073709551616',
	'1e309',
	'0x10',
	'NaN',
	'Infinity',
];

/** `input` with `taken` bytes at a place given up for others. */
export function spliced(input: Buffer, at: number, taken: number, given: Uint8Array): Buffer {
	return Buffer.concat([input.subarray(0, at), given, input.subarray(at + taken)]);
}

const flip: Change = (input, { random }) => {
	const changed = Buffer.from(input);
	const at = random.below(changed.length);
	if (changed.length > 0) changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
	return changed;
};

const put: Change = (input, { random }) => {
	const byte = random.once(2) ? random.below(256) : (random.pick(telling) ?? 0);
	return spliced(input, random.below(input.length + 1), random.below(2), Uint8Array.of(byte));
};

const remove: Change = (input, { random }) => {
	const at = random.below(input.length);
	return spliced(input, at, random.small(input.length - at), Buffer.alloc(0));
};

const repeat: Change = (input, { random }) => {
	const at = random.below(input.length);
	const piece = input.subarray(at, at + random.small(64));
	const times = random.once(8) ? random.below(200) : random.small(8);
	return spliced(input, at, 0, Buffer.concat(Array.from({ length: times }, () => piece)));
};

const move: Change = (input, { random }) => {
	const from = random.below(input.length);
	const piece = Buffer.from(input.subarray(from, from + random.small(32)));
	const rest = spliced(input, from, piece.length, Buffer.alloc(0));
	return spliced(rest, random.below(rest.length + 1), 0, piece);
};

const borrow: Change = (input, { random, other }) => {
	const from = random.below(other.length);
	const piece = other.subarray(from, from + random.small(other.length));
	return spliced(input, random.below(input.length + 1), random.once(2) ? piece.length : 0, piece);
};

const cross: Change = (input, { random, other }) =>
	Buffer.concat([input.subarray(0, random.below(input.length + 1)), other.subarray(random.below(other.length + 1))]);

const word: Change = (input, { random, words }) => {
	const chosen = random.once(3) ? random.pick(troubling) : random.pick(words);
	return spliced(
		input,
		random.below(input.length + 1),
		random.once(2) ? random.small(8) : 0,
		Buffer.from(chosen ?? ''),
	);
};

/** Puts another number in the place of one that stands there. */
const number: Change = (input, { random }) => {
	const found = [...input.toString('latin1').matchAll(/\d+/g)];
	const one = random.pick(found);
	if (!one) return input;
	const other = random.pick(['0', '1', '-1', '255', '65536', '99999999999999999999', `${random.next()}`, `0${one[0]}`]);
	return spliced(input, one.index, one[0].length, Buffer.from(other ?? '0'));
};

/** A two-byte number up or down, as lengths and pointers are. */
const nudge: Change = (input, { random }) => {
	if (input.length < 2) return input;
	const changed = Buffer.from(input);
	const at = random.below(changed.length - 1);
	const next = changed.readUInt16BE(at) + random.below(35) - 17;
	changed.writeUInt16BE((next + 0x1_00_00) % 0x1_00_00, at);
	return changed;
};

/** Changes that need to know nothing of what the bytes mean. */
export const byteChanges: readonly Change[] = [
	flip,
	put,
	put,
	remove,
	remove,
	repeat,
	move,
	borrow,
	cross,
	word,
	word,
	number,
	nudge,
];
