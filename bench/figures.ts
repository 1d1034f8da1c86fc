import { median } from './numbers.ts';
import type { PartResult, Results } from './results.ts';
import type { Row } from './row.ts';
import { headOf, short, tableOf } from './table.ts';

/** The part whose rows are a curve and have a table of their own. */
const curve = 'targets';

/** The figure of the curve that is zero as long as every series is shown. */
const leftOut = 'series left out';

/** The figures of docs/performance.md in Markdown: where was measured, every promise, all other figures, the curve. */
export function figuresOf(results: Results): string {
	const rows = Object.values(results.parts).flatMap((part) => part.rows);
	const promised = rows.filter(({ promise }) => promise !== undefined);
	const others = rows.filter(({ promise, part }) => promise === undefined && part !== curve);
	return [
		`\`\`\`\n${headOf(results)}\n\`\`\``,
		tableOf(promised.toSorted((one, other) => (one.promise ?? 0) - (other.promise ?? 0))),
		...(others.length > 0 ? ['What is only told:', tableOf(others)] : []),
		...curveOf(results.parts[curve]),
	].join('\n\n');
}

/**
 * A line for each number of targets, a column for each figure, and what one target more costs as far as every series of
 * it is shown.
 */
function curveOf(part: PartResult | undefined): string[] {
	const cells = (part?.rows ?? []).flatMap(readCell);
	const figures = [...new Set(cells.map(({ figure }) => figure))];
	const sizes = [...new Set(cells.map(({ size }) => size))].toSorted((one, other) => one - other);
	const at = (size: number, figure: string) =>
		cells.find((cell) => cell.size === size && cell.figure === figure)?.value ?? Number.NaN;
	const [least, most] = [sizes[0], sizes.findLast((size) => !(at(size, leftOut) > 0))];
	if (least === undefined || most === undefined || least === most) return [];
	const each = (figure: string) => (at(most, figure) - at(least, figure)) / (most - least);
	const lines = [
		['targets', ...figures],
		['---', ...figures.map(() => '---')],
		...sizes.map((size) => [String(size), ...figures.map((figure) => short(at(size, figure)))]),
		[`each more, up to ${most}`, ...figures.map((figure) => short(each(figure)))],
	];
	return ['By number of targets:', lines.map((line) => `| ${line.join(' | ')} |`).join('\n')];
}

/** Reads `CPU, 50 targets`. */
function readCell({ what, unit, agent }: Row): { figure: string; size: number; value: number }[] {
	const [, figure = '', size] = /^(.+), (\d+) targets$/.exec(what) ?? [];
	if (size === undefined || !agent || agent.length === 0) return [];
	return [{ figure: `${figure} ${unit}`.trimEnd(), size: Number(size), value: median(agent) }];
}

const [begin, end] = ['<!-- figures: node bench/page.ts -->', '<!-- end of figures -->'];

/** The page with these figures in place of those between its two marks. Throws `RangeError` for a page without them. */
export function withFigures(page: string, figures: string): string {
	const [from, to] = [page.indexOf(begin), page.indexOf(end)];
	if (from < 0 || to < from) throw new RangeError(`the page lacks ${begin} or ${end}`);
	return `${page.slice(0, from + begin.length)}\n\n${figures}\n\n${page.slice(to)}`;
}
