import { median } from './numbers.ts';
import type { PartResult, Results } from './results.ts';
import { kept, resultOf } from './row.ts';
import type { Row } from './row.ts';

const heads = ['#', 'what', 'way', 'agent', 'peer', 'result', 'goal', 'kept', 'note'];

/** What one must know to read a table: where was measured, and how. */
export function headOf({ setting: { machine, node, peer }, parts }: Results): string {
	const all = Object.values(parts);
	const loads = all.flatMap(({ load }) => load);
	const busy = Object.entries(parts).flatMap(([name, { load }]) => (Math.max(...load) > 1 ? [name] : []));
	const several = (of: (part: PartResult) => number) => [...new Set(all.map(of))].join(', ');
	return [
		`machine  ${machine}`,
		`load     ${short(Math.min(...loads))} to ${short(Math.max(...loads))} before and after the parts${busy.length > 0 ? `, above 1 at ${busy.join(', ')}` : ''}; niceness ${several((part) => part.niceness)}`,
		`agent    as the image starts it, Node.js ${node}`,
		`peer     ${peer}`,
		`rounds   ${several((part) => part.rounds)}; a cell is the median and, in brackets, the lowest and the highest round`,
	].join('\n');
}

/** The rows as a table in Markdown that can be read in a terminal, too. */
export function tableOf(rows: readonly Row[]): string {
	const lines = [heads, ...rows.map(cellsOf)];
	const widths = heads.map((_, column) => Math.max(...lines.map((cells) => (cells[column] ?? '').length)));
	const drawn = lines.map((cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`);
	const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
	return [drawn[0], rule, ...drawn.slice(1)].join('\n');
}

function cellsOf(row: Row): string[] {
	const { promise, what, way = '', unit, agent, peer, goal, note } = row;
	const result = resultOf(row);
	const values = unit === '×' ? '' : unit;
	const judged = kept(row);
	return [
		promise === undefined ? '' : String(promise),
		what,
		way,
		spread(agent, values),
		spread(peer, values),
		typeof result === 'number' ? `${short(result)}${unit === '' ? '' : ` ${unit}`}` : result,
		goal === undefined ? '' : goal === 'exact' ? goal : `≤ ${goal}`,
		judged === undefined ? '' : judged ? 'yes' : 'NO',
		note ?? '',
	];
}

/** The median, and between which values the rounds lay. */
export function spread(values: readonly number[] | undefined, unit: string): string {
	if (!values || values.length === 0) return '';
	const [low, high] = [short(Math.min(...values)), short(Math.max(...values))];
	const range = low === high ? '' : ` (${low}–${high})`;
	return `${short(median(values))}${unit === '' ? '' : ` ${unit}`}${range}`;
}

/** Three digits. */
export const short = (value: number) =>
	Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
