import { mirrorsOf } from './fleetVerdicts.ts';
import type { Fault, NodeReport, PullReport, QuotaReport } from './nodeReport.ts';
import { isLow } from './quotaVerdicts.ts';
import { compare, likenessOf } from './scope.ts';

/** What the matrix has a column for. */
export interface Column {
	readonly kind: 'registry' | 'mirror';
	readonly name: string;
}

/** What one group of nodes finds in one column. `absent`: none of them tries it. */
export type Cell =
	| { readonly state: 'works' | 'absent' }
	| { readonly state: 'broken'; readonly fault?: Fault }
	| { readonly state: 'low'; readonly quota: QuotaReport; readonly source?: string }
	| { readonly state: 'late'; readonly seconds: number };

/** Nodes that find the same. */
export interface Row {
	/** `broken`: a pull fails. `warned`: all come, something is wrong. */
	readonly state: 'broken' | 'warned' | 'works';
	/** By name. */
	readonly nodes: readonly string[];
	/** Zones of these nodes, by name; those without one are left out. */
	readonly zones: readonly string[];
	/** As many as there are columns. */
	readonly cells: readonly Cell[];
}

/** Nodes against registries and mirrors. */
export interface Matrix {
	readonly columns: readonly Column[];
	/** Odd ones first: broken before warned before working, few nodes before many. */
	readonly rows: readonly Row[];
}

/** Shorter delays are within the noise of one attempt. */
const late = 1;
const order: readonly Row['state'][] = ['broken', 'warned', 'works'];

/** Sets the reports side by side. Nodes that find the same share a row, unless `unfolded`. The order of reports does not matter. */
export function matrixOf(reports: readonly NodeReport[], unfolded = false): Matrix {
	const sorted = reports.toSorted((a, b) => compare(a.node, b.node));
	const columns = columnsOf(sorted);
	const lines = sorted.map((report) => ({ report, cells: columns.map((column) => cellOf(report, column)) }));
	const alike = Map.groupBy(lines, ({ report, cells }) => (unfolded ? report.node : cells.map(likeness).join('\n')));
	const rows = [...alike.values()].map((group) => rowOf(group, columns));
	return {
		columns,
		rows: rows.toSorted(
			(a, b) =>
				order.indexOf(a.state) - order.indexOf(b.state) ||
				a.nodes.length - b.nodes.length ||
				compare(a.nodes[0] ?? '', b.nodes[0] ?? ''),
		),
	};
}

/** Those that fail for most nodes first, then those that most nodes have. */
function columnsOf(reports: readonly NodeReport[]): readonly Column[] {
	const pulls = reports.flatMap((report) => report.pulls.map(({ registry, success }) => ({ name: registry, success })));
	const mirrors = reports.flatMap((report) => mirrorsOf(report).map(({ host, success }) => ({ name: host, success })));
	return [...ranked('registry', pulls), ...ranked('mirror', mirrors)];
}

function ranked(
	kind: Column['kind'],
	tries: readonly { readonly name: string; readonly success: boolean }[],
): readonly Column[] {
	const failing = (own: typeof tries) => own.filter(({ success }) => !success).length;
	return [...Map.groupBy(tries, ({ name }) => name)]
		.toSorted(
			([a, some], [b, others]) => failing(others) - failing(some) || others.length - some.length || compare(a, b),
		)
		.map(([name]) => ({ kind, name }));
}

function cellOf(report: NodeReport, { kind, name }: Column): Cell {
	if (kind === 'registry') return pullCell(report.pulls.find(({ registry }) => registry === name));
	const mirror = mirrorsOf(report).find(({ host }) => host === name);
	if (!mirror) return { state: 'absent' };
	return mirror.success ? { state: 'works' } : { state: 'broken', ...(mirror.fault && { fault: mirror.fault }) };
}

function pullCell(pull: PullReport | undefined): Cell {
	if (!pull) return { state: 'absent' };
	const { success, fault, quota, source, delaySeconds = 0 } = pull;
	if (!success) return { state: 'broken', ...(fault && { fault }) };
	if (quota && isLow(pull)) return { state: 'low', quota, ...(source !== undefined && { source }) };
	return delaySeconds >= late ? { state: 'late', seconds: delaySeconds } : { state: 'works' };
}

/**
 * What makes two cells the same to a reader. Nodes probe what their pods use, so that hardly two of them try the same: what is
 * not tried is no difference. How much is left of a shared quota differs from node to node by the minute.
 */
function likeness(cell: Cell): string {
	if (cell.state === 'broken') return `broken ${likenessOf(cell.fault)} ${cell.fault?.host ?? ''}`;
	if (cell.state === 'low') return `low ${cell.source ?? ''}`;
	return cell.state === 'late' ? 'late' : '';
}

function rowOf(
	group: readonly { readonly report: NodeReport; readonly cells: readonly Cell[] }[],
	columns: readonly Column[],
): Row {
	const cells = columns.map((_, at) => worstOf(group.flatMap(({ cells: own }) => own[at] ?? [])));
	const zones = new Set(group.flatMap(({ report: { zone } }) => zone ?? []));
	return {
		state: stateOf(cells, columns),
		nodes: group.map(({ report: { node } }) => node),
		zones: [...zones].toSorted(compare),
		cells,
	};
}

/** Of cells that are alike: the least quota, the longest delay; absent where none of them tries. */
function worstOf(alike: readonly Cell[]): Cell {
	const tried = alike.filter(({ state }) => state !== 'absent');
	const [worst] = tried.toSorted((a, b) => {
		if (a.state === 'low' && b.state === 'low') return a.quota.remaining - b.quota.remaining;
		return a.state === 'late' && b.state === 'late' ? b.seconds - a.seconds : 0;
	});
	return worst ?? { state: 'absent' };
}

function stateOf(cells: readonly Cell[], columns: readonly Column[]): Row['state'] {
	const isPull = (at: number) => columns[at]?.kind === 'registry';
	if (cells.some(({ state }, at) => state === 'broken' && isPull(at))) return 'broken';
	return cells.every(({ state }) => state === 'works' || state === 'absent') ? 'works' : 'warned';
}
