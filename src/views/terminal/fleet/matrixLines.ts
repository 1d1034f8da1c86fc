import type { Cell, Matrix, Row } from '../../../verdict/fleet/matrix.ts';
import { grouped, span } from '../../words/quantities.ts';
import { shortFault } from '../../words/fleetSentences.ts';
import { type Paint, paintOf } from '../paint.ts';
import { marksOf, spell, type Style } from '../style.ts';
import { wrap } from '../wrap.ts';
import { beginningOf, shortName } from './names.ts';

/** Rows that are shown, unless verbose. */
const mostRows = 30;
/** Characters of a name in the head of a column. */
const longestHead = 24;
/** Characters of a fault: the longest role and reason have 40. */
const longestFault = 44;
const gap = '  ';

/** One text with its looks. */
interface Written {
	readonly text: string;
	readonly paint: (text: string) => string;
}

/** Nodes against registries as a table; where that is wider than the screen, columns without a fault are put together, and after that each row becomes a block. */
export function matrixLines(matrix: Matrix, style: Style): readonly string[] {
	const rows = style.verbose ? matrix.rows : matrix.rows.slice(0, mostRows);
	if (rows.length === 0 || matrix.columns.length === 0) return [];
	const hidden = matrix.rows.length - rows.length;
	const shown = { columns: matrix.columns, rows };
	const lines = [tableOf(shown, style), tableOf(folded(shown, style), style)].find(
		(table) => table.width <= style.columns,
	)?.lines;
	const more = hidden === 0 ? [] : [paintOf(style).faint(`  ${hidden} more rows: --verbose shows them`)];
	return [...(lines ?? blocksOf(shown, style)), ...more];
}

interface Table {
	readonly width: number;
	readonly lines: readonly string[];
}

interface Shown {
	readonly columns: readonly (Matrix['columns'][number] | { readonly kind: 'others'; readonly name: string })[];
	readonly rows: readonly Row[];
}

function tableOf({ columns, rows }: Shown, style: Style): Table {
	const paint = paintOf(style);
	const zones = zoneTexts(rows, style);
	const head = ['', '', ...columns.map((column) => headOf(column, style))].map((text) => ({
		text,
		paint: paint.strong,
	}));
	const body = rows.map((row, at) => [
		{ text: nodesOf(row, style), paint: paint.strong },
		{ text: zones[at] ?? '', paint: paint.faint },
		...row.cells.map((cell, column) => cellOf(cell, columns[column]?.kind, style)),
	]);
	const lines = [head, ...body];
	const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at]?.text.length ?? 0)));
	const marks = [' ', ...rows.map(({ state }) => markOf(state, style))];
	return {
		width: 2 + widths.filter((width) => width > 0).reduce((sum, width) => sum + width + gap.length, -gap.length),
		lines: lines.map((line, at) => `${marks[at] ?? ' '} ${joined(line, widths)}`.trimEnd()),
	};
}

/** Empty columns take no room; nothing stands behind the last text of a line. */
function joined(line: readonly Written[], widths: readonly number[]): string {
	const filled = line.flatMap(({ text, paint }, at) => {
		const width = widths[at] ?? 0;
		return width === 0 ? [] : [(text === '' ? '' : paint(text)) + ' '.repeat(width - text.length)];
	});
	return filled.join(gap);
}

/** Puts columns together in which the same is wrong for the same rows, and those in which nothing is. */
function folded({ columns, rows }: Shown, style: Style): Shown {
	const likeness = (at: number) => {
		const texts = rows.map(({ cells }) => {
			const cell = cells[at];
			return cell === undefined || isWell(cell) ? '' : cellOf(cell, columns[at]?.kind, style).text;
		});
		return texts.every((text) => text === '') ? '' : JSON.stringify([columns[at]?.kind, ...texts]);
	};
	const groups = [...Map.groupBy(columns.keys(), likeness)].toSorted(([a], [b]) => Number(a === '') - Number(b === ''));
	return {
		columns: groups.flatMap(([alike, group]) => titleOf(group, columns, alike === '')),
		rows: rows.map((row) => ({ ...row, cells: groups.map(([, group]) => together(group.map((at) => row.cells[at]))) })),
	};
}

function titleOf(group: readonly number[], columns: Shown['columns'], well: boolean): Shown['columns'] {
	const [first] = group.flatMap((at) => columns[at] ?? []);
	if (!first || group.length === 1) return first ? [first] : [];
	if (well) return [{ kind: 'others', name: `${group.length} others` }];
	return [{ ...first, name: `${shortName(first.name, longestHead)} +${group.length - 1}` }];
}

/** Of cells that are alike but for what is not tried. */
function together(cells: readonly (Cell | undefined)[]): Cell {
	const odd = cells.find((cell) => !isWell(cell));
	return odd ?? { state: cells.some((cell) => cell?.state === 'works') ? 'works' : 'absent' };
}

function isWell(cell: Cell | undefined): boolean {
	return cell?.state === 'works' || cell?.state === 'absent';
}

/** A block for each row: the nodes, and a line for each column in which not all is well. */
function blocksOf({ columns, rows }: Shown, style: Style): readonly string[] {
	const paint = paintOf(style);
	const zones = zoneTexts(rows, style);
	return rows.flatMap((row, at) => {
		const head = `${markOf(row.state, style)} ${paint.strong(nodesOf(row, style))}  ${paint.faint(zones[at] ?? '')}`;
		const odd = row.cells.flatMap((cell, column) => {
			const { kind, name } = columns[column] ?? { kind: 'registry', name: '' };
			if (isWell(cell)) return [];
			const { text, paint: looks } = cellOf(cell, kind, style);
			const title = spell(kind === 'mirror' ? `via ${name}` : name, style);
			return wrap(title, style.columns - 4)
				.map((line) => `    ${line}`)
				.concat(`      ${looks(text)}`);
		});
		const tried = row.cells.filter(({ state }) => state !== 'absent');
		const well = tried.filter(isWell).length;
		const rest = well === 0 ? [] : [paint.faint(`    ${well} of ${tried.length} work`)];
		return [head.trimEnd(), ...odd, ...rest];
	});
}

function headOf({ kind, name }: Shown['columns'][number], style: Style): string {
	const short = shortName(name, longestHead + 6);
	return spell(kind === 'mirror' ? `via ${short}` : short, style);
}

function nodesOf({ nodes }: Row, style: Style): string {
	const [first = ''] = nodes;
	return nodes.length === 1 ? spell(shortName(first, 40), style) : `${grouped(nodes.length)} nodes`;
}

/** Zones of one region begin alike; what they have in common says nothing here. */
function zoneTexts(rows: readonly Row[], style: Style): readonly string[] {
	const begin = beginningOf(rows.flatMap(({ zones }) => zones)).length;
	return rows.map(({ zones }) => {
		if (zones.length > 3) return `${zones.length} zones`;
		return spell(zones.map((zone) => shortName(zone.slice(begin), 20)).join(' '), style);
	});
}

function markOf(state: Row['state'], style: Style): string {
	const paint = paintOf(style);
	const marks = marksOf(style);
	if (state === 'broken') return paint.broken(marks.broken);
	return state === 'warned' ? paint.bypassed(marks.bypassed) : paint.works(marks.works);
}

/** Without a mirror pulls go on: it is no failure. */
function cellOf(cell: Cell, kind: Shown['columns'][number]['kind'] | undefined, style: Style): Written {
	const paint: Paint = paintOf(style);
	const marks = marksOf(style);
	switch (cell.state) {
		case 'works':
			return { text: marks.works, paint: paint.works };
		case 'absent':
			return { text: marks.ahead, paint: paint.faint };
		case 'broken':
			return {
				text: spell(shortName(cell.fault ? shortFault(cell.fault) : 'fails', longestFault), style),
				paint: kind === 'mirror' ? paint.bypassed : paint.broken,
			};
		case 'late':
			return { text: `late ${span(cell.seconds)}`, paint: paint.bypassed };
		case 'low': {
			const { remaining, limit } = cell.quota;
			return { text: `${remaining}${limit === undefined ? '' : `/${limit}`} left`, paint: paint.bypassed };
		}
	}
}
