/** Reads `length` bytes from `offset` on; fewer where the file ends. */
export type ReadAt = (offset: number, length: number) => Buffer;

/** A stretch of a file, in bytes. */
export interface Stretch {
	readonly offset: number;
	readonly length: number;
}

/** Where the numbers of a 64-bit file stand that we need, and of a 32-bit one (elf(5)). */
const layouts = {
	64: {
		header: 64,
		programs: { table: 32, size: 54, count: 56 },
		sections: { table: 40, size: 58, count: 60 },
		program: { flags: 4, offset: 8, length: 32 },
		section: { offset: 24, length: 32 },
	},
	32: {
		header: 52,
		programs: { table: 28, size: 42, count: 44 },
		sections: { table: 32, size: 46, count: 48 },
		program: { flags: 24, offset: 4, length: 16 },
		section: { offset: 16, length: 20 },
	},
} as const;

/** Real programs have about 40 of either. */
const mostEntries = 256;
const mostNames = 64 * 1024;

/**
 * Where the linker of Go puts its build information: the section `.go.buildinfo`, else the first writable segment
 * (https://go.dev/src/debug/buildinfo/buildinfo.go). Undefined when the file is no ELF file.
 */
export function buildInfoStretch(read: ReadAt): Stretch | undefined {
	const ident = read(0, 16);
	if (ident.length < 16 || ident.toString('latin1', 0, 4) !== '\x7FELF') return undefined;
	const layout = layouts[ident[4] === 1 ? 32 : 64];
	const numbers = numbersOf(ident[4] === 1 ? 4 : 8, ident[5] !== 2);
	const header = read(0, layout.header);
	if (header.length < layout.header) return undefined;
	const tableOf = ({ table, size, count }: { table: number; size: number; count: number }): Buffer[] => {
		const each = numbers.half(header, size);
		if (each < 32 || each > 256) return [];
		const all = read(numbers.word(header, table), each * Math.min(numbers.half(header, count), mostEntries));
		return Array.from({ length: Math.floor(all.length / each) }, (_, at) => all.subarray(at * each, (at + 1) * each));
	};
	const stretchOf = (entry: Buffer, at: { offset: number; length: number }): Stretch => ({
		offset: numbers.word(entry, at.offset),
		length: numbers.word(entry, at.length),
	});
	const sections = tableOf(layout.sections);
	const names = sections[numbers.half(header, layout.header - 2)];
	const text = names === undefined ? Buffer.alloc(0) : namesIn(read, stretchOf(names, layout.section));
	const section = sections.find((entry) => nameAt(text, numbers.int(entry, 0)) === '.go.buildinfo');
	if (section) return stretchOf(section, layout.section);
	const writable = tableOf(layout.programs).find(
		(entry) => numbers.int(entry, 0) === 1 && (numbers.int(entry, layout.program.flags) & 3) === 2,
	);
	return writable && stretchOf(writable, layout.program);
}

function namesIn(read: ReadAt, { offset, length }: Stretch): Buffer {
	return read(offset, Math.min(length, mostNames));
}

function nameAt(names: Buffer, at: number): string {
	const end = names.indexOf(0, at);
	return end < at ? '' : names.toString('latin1', at, Math.min(end, at + 64));
}

/** Readers of unsigned numbers: 2 bytes, 4 bytes, and as wide as an address; what lies outside of the buffer is 0. */
function numbersOf(width: 4 | 8, little: boolean) {
	const half = (from: Buffer, at: number) => {
		if (at + 2 > from.length) return 0;
		return little ? from.readUInt16LE(at) : from.readUInt16BE(at);
	};
	const int = (from: Buffer, at: number) => {
		if (at + 4 > from.length) return 0;
		return little ? from.readUInt32LE(at) : from.readUInt32BE(at);
	};
	const word = (from: Buffer, at: number) => {
		if (width === 4) return int(from, at);
		if (at + 8 > from.length) return 0;
		const value = Number(little ? from.readBigUInt64LE(at) : from.readBigUInt64BE(at));
		return Number.isSafeInteger(value) ? value : 0;
	};
	return { half, int, word };
}
