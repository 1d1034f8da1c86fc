import { read } from '../docs/markdown.ts';

/** A row of a table: the cells by the names of their columns. */
export type Row = Readonly<Record<string, string>>;

/** The rows of the first table of a document that has these columns first. Throws `RangeError` when there is none. */
export function tableOf(document: string, ...columns: readonly string[]): readonly Row[] {
	const lines = read(document).split('\n');
	const head = lines.findIndex((line) => line.startsWith(`| ${columns.join(' | ')} |`));
	if (head < 0) throw new RangeError(`${document} has no table of ${columns.join(', ')}`);
	const end = lines.findIndex((line, at) => at > head && !line.startsWith('|'));
	const names = cellsOf(lines[head] ?? '');
	return lines.slice(head + 2, end).map((line) => {
		const cells = cellsOf(line);
		return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
	});
}

function cellsOf(line: string): readonly string[] {
	return line
		.split('|')
		.slice(1, -1)
		.map((cell) => cell.trim());
}

/** Requests by their kind: `HEAD manifest`, `GET token`, `CONNECT`. */
export type Requests = Readonly<Record<string, number>>;

/** Reads `2 HEAD manifest, 1 GET blob`; a dash is none. Throws `RangeError` for anything else. */
export function requestsIn(cell: string): Requests {
	if (cell === '–') return {};
	return Object.fromEntries(
		cell.split(', ').reduce<[string, number][]>((parts, part) => {
			// A comma may be one of thousands: `24,000 HEAD manifest`.
			const [, count = '', kind = ''] = /^([\d,]+) ((?:HEAD|GET) \w+|CONNECT)$/.exec(part) ?? [];
			if (kind === '') throw new RangeError(`not a number of requests: ${part}`);
			return [...parts, [kind, Number(count.replaceAll(',', ''))]];
		}, []),
	);
}

const units: Readonly<Record<string, number>> = { KiB: 1024, MiB: 1024 * 1024 };

/** Reads `8 MiB + 64 KiB`, or `0`. Throws `RangeError` for anything else. */
export function bytesIn(cell: string): number {
	if (cell === '0') return 0;
	return cell
		.split(' + ')
		.map((part) => {
			const [, count, unit = ''] = /^(\d+) (\w+)$/.exec(part) ?? [];
			const bytes = Number(count) * (units[unit] ?? Number.NaN);
			if (Number.isNaN(bytes)) throw new RangeError(`not a number of bytes: ${part}`);
			return bytes;
		})
		.reduce((sum, bytes) => sum + bytes, 0);
}

/** `factor` times as many. */
export function times(factor: number, requests: Requests): Requests {
	return Object.fromEntries(Object.entries(requests).map(([kind, count]) => [kind, count * factor]));
}
