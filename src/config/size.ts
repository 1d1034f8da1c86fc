import { Wrong } from './fault.ts';

const bytesOf: Readonly<Record<string, number>> = { '': 1, B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** A size in bytes, at most `most`: a plain number, `64KiB`, `1MiB`. */
export function readSize(value: unknown, most: number): number | Wrong {
	const bytes = typeof value === 'number' ? value : typeof value === 'string' ? bytesIn(value) : undefined;
	if (bytes === undefined || !Number.isInteger(bytes) || bytes < 0) {
		return new Wrong('is not a size', 'write bytes as a whole number, or for example 64KiB or 1MiB', suggestion(value));
	}
	return bytes > most ? new Wrong('is too much', `write ${formatSize(most)} or less`) : bytes;
}

function bytesIn(text: string): number | undefined {
	const [, number, unit = ''] = /^(\d{1,15})(B|KiB|MiB|GiB)?$/.exec(text) ?? [];
	return number === undefined ? undefined : Number(number) * (bytesOf[unit] ?? 1);
}

/** What a person who wrote `64KB` or `64 kib` most likely meant. */
function suggestion(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const [, number, prefix] = /^\s*(\d{1,12})\s*([kmg])i?b?\s*$/i.exec(value) ?? [];
	return prefix === undefined ? undefined : `write ${number}${prefix.toUpperCase()}iB`;
}

/** Bytes in the shortest exact form: `64KiB`, `1MiB`, `1000`. */
export function formatSize(bytes: number): string {
	const unit = ['GiB', 'MiB', 'KiB'].find((name) => bytes > 0 && bytes % (bytesOf[name] ?? 1) === 0);
	return unit === undefined ? String(bytes) : `${bytes / (bytesOf[unit] ?? 1)}${unit}`;
}
