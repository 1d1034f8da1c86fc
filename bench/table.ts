import { median } from './numbers.ts';
import { kept, resultOf } from './row.ts';
import type { Row } from './row.ts';

const heads = ['#', 'what', 'agent', 'peer', 'result', 'goal', 'kept', 'note'];

/** The rows as a table in Markdown that can be read in a terminal, too. */
export function tableOf(rows: readonly Row[]): string {
	const lines = [heads, ...rows.map(cellsOf)];
	const widths = heads.map((_, column) => Math.max(...lines.map((cells) => (cells[column] ?? '').length)));
	const drawn = lines.map((cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`);
	const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
	return [drawn[0], rule, ...drawn.slice(1)].join('\n');
}

function cellsOf(row: Row): string[] {
	const { promise, what, unit, agent, peer, goal, note } = row;
	const result = resultOf(row);
	const values = unit === '×' ? '' : unit;
	const judged = kept(row);
	return [
		promise === undefined ? '' : String(promise),
		what,
		spread(agent, values),
		spread(peer, values),
		typeof result === 'number' ? `${short(result)}${unit === '' ? '' : ` ${unit}`}` : result,
		goal === undefined ? '' : goal === 'exact' ? goal : `≤ ${goal}`,
		judged === undefined ? '' : judged ? 'yes' : 'NO',
		note ?? '',
	];
}

/** The median, and between which values the rounds lay. */
function spread(values: readonly number[] | undefined, unit: string): string {
	if (!values || values.length === 0) return '';
	const [low, high] = [short(Math.min(...values)), short(Math.max(...values))];
	const range = low === high ? '' : ` (${low}–${high})`;
	return `${short(median(values))}${unit === '' ? '' : ` ${unit}`}${range}`;
}

const short = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3))));
