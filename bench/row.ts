import type { Way } from './bench.ts';
import { median } from './numbers.ts';

/** One line of the result: what was measured, the values of every round, and what was promised. */
export interface Row {
	/** The part of the bench that measured it. */
	readonly part: string;
	/** The number of the promise in docs/performance.md; absent for a figure that is only told. */
	readonly promise?: number;
	readonly what: string;
	/** Where it was measured. */
	readonly way?: Way;
	readonly unit: '' | '×' | '%' | 'MiB' | 'ms' | 'KiB' | 'mCPU' | 'requests' | 'bytes';
	/** The agent's values and the peer's, a value a round; the peer's are absent where it has nothing to compare with. */
	readonly agent?: readonly number[];
	readonly peer?: readonly number[];
	/** The result, where it is not the median of the agent's values: a ratio, or words. */
	readonly result?: number | string;
	/** Not to be exceeded by the result; `exact` where the result must be the word `as documented`. */
	readonly goal?: number | 'exact';
	/** What one must know to read the figure. */
	readonly note?: string;
}

/** The row of a ratio: the medians of both sides divided. */
export function ratio(row: Omit<Row, 'result'> & { agent: readonly number[]; peer: readonly number[] }): Row {
	return { ...row, result: median(row.agent) / median(row.peer) };
}

/** A row that says why nothing was measured, so that nothing is missing in silence. */
export function notMeasured(row: Pick<Row, 'part' | 'promise' | 'what' | 'goal'>, why: string): Row {
	return { ...row, unit: '', result: 'not measured', note: why };
}

/** The value that the goal is held against. */
export function resultOf({ agent, result }: Row): number | string {
	if (result !== undefined) return result;
	return agent && agent.length > 0 ? median(agent) : 'not measured';
}

/** Whether a row keeps its promise; undefined where there is none, or nothing was measured. */
export function kept(row: Row): boolean | undefined {
	const result = resultOf(row);
	if (row.goal === undefined || result === 'not measured') return undefined;
	return row.goal === 'exact' ? result === 'as documented' : typeof result === 'number' && result <= row.goal;
}
