import { committed, queriesOf, type Board, type Target } from '../../test/grafana/board.ts';
import { everything, interpolate, type Choice } from '../../test/grafana/interpolate.ts';
import type { Prometheus } from './prometheus.ts';

/** How long the queries of a board take, each asked by itself. */
export interface BoardTimes {
	readonly title: string;
	readonly milliseconds: readonly number[];
	/** The panel that takes longest. */
	readonly slowest: string;
}

/** What is looked at: the last minutes in steps, or now where a panel asks for now. Seconds. */
const range = { length: 900, step: 30 };

/** What people choose: everything, but one node and one registry on the boards of one. */
const choices: Readonly<Record<string, Choice>> = {
	'node.json': { ...everything, node: 'node-7' },
	'registry.json': { ...everything, registry: 'r2' },
};

/** Asks every query of every board twice, and takes the second time: the first reads what nobody has asked for yet. */
export async function timeBoards(prometheus: Prometheus): Promise<readonly BoardTimes[]> {
	const times: BoardTimes[] = [];
	for (const [file, board] of committed) {
		times.push(await timeBoard(prometheus, board, { ...(choices[file] ?? everything), __range: `${range.length}s` }));
	}
	return times;
}

async function timeBoard(prometheus: Prometheus, board: Board, choice: Choice): Promise<BoardTimes> {
	const milliseconds: number[] = [];
	let slowest = { title: '', took: 0 };
	for (const { panel, target } of queriesOf(board)) {
		await ask(prometheus, target, choice);
		const took = await ask(prometheus, target, choice);
		milliseconds.push(took);
		if (took > slowest.took) slowest = { title: panel.title, took };
	}
	return { title: board.title, milliseconds, slowest: slowest.title };
}

async function ask(prometheus: Prometheus, { expr, instant }: Target, choice: Choice): Promise<number> {
	const began = performance.now();
	const query = interpolate(expr, choice);
	await (instant === true ? prometheus.query(query) : prometheus.queryRange(query, range));
	return performance.now() - began;
}
