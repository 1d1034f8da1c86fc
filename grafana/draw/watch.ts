import { setTimeout as sleep } from 'node:timers/promises';
import { type Board, type BoardPanel, committed, type Target } from '../../test/grafana/board.ts';
import { type Choice, everything, interpolate } from '../../test/grafana/interpolate.ts';
import { type Scraped, startScraped } from '../../test/grafana/world.ts';
import type { ApiSeries } from '../../test/real/apiSeries.ts';
import { askPrometheus } from '../../test/real/prometheus.ts';
import type { Answer, Drawing } from './drawing.ts';

/** A picture of docs/dashboards.md: a part of a board, with this chosen. */
interface Picture {
	readonly board: string;
	readonly choice: Choice;
	/** The sections that it shows, counted from 0: from the first to before the second. */
	readonly sections: readonly [number, number];
}

const inDemo = { ...everything, cluster: 'demo' };
const hub = { ...inDemo, registry: 'hub.demo.test' };
const limited = { node: 'worker-3' };

const pictures: Readonly<Record<string, Picture>> = {
	fleet: { board: 'fleet.json', choice: inDemo, sections: [0, 2] },
	'fleet-causes': { board: 'fleet.json', choice: inDemo, sections: [2, 9] },
	node: { board: 'node.json', choice: { ...hub, ...limited }, sections: [0, 2] },
	'node-more': { board: 'node.json', choice: { ...inDemo, ...limited }, sections: [2, 5] },
	registry: { board: 'registry.json', choice: hub, sections: [0, 1] },
	'registry-hosts': { board: 'registry.json', choice: hub, sections: [1, 9] },
	'rate-limits': { board: 'rate-limits.json', choice: inDemo, sections: [0, 9] },
	agent: { board: 'agent.json', choice: inDemo, sections: [0, 2] },
	'agent-cost': { board: 'agent.json', choice: inDemo, sections: [2, 9] },
};

const seconds = { quiet: 60, exhausted: 25, after: 35, shown: 120, step: 2 };

/** Watches the fleet through a quota that is used up and given back, and asks what the boards ask. */
export async function watch(): Promise<Readonly<Record<string, Drawing>>> {
	await using scraped = await startScraped();
	const { exhaust } = scraped.fleet.servers;
	await sleep(seconds.quiet * 1000);
	exhaust(true);
	await sleep(seconds.exhausted * 1000);
	exhaust(false);
	await sleep(seconds.after * 1000);
	const drawn = Object.entries(pictures).map(
		async ([name, picture]) => [name, await drawingOf(scraped, picture)] as const,
	);
	return Object.fromEntries(await Promise.all(drawn));
}

async function drawingOf(scraped: Scraped, { board: file, choice, sections }: Picture): Promise<Drawing> {
	const board = committed.find(([name]) => name === file)?.[1];
	if (!board) throw new Error(`there is no board ${file}`);
	const to = Math.floor(Date.now() / 1000);
	const panels = panelsOf(board, sections).map(async (panel) => ({
		panel: { ...panel, title: panel.title.replaceAll('$registry', choice['registry'] ?? '') },
		answers: await answersTo(scraped, panel, choice, to),
	}));
	return { panels: await Promise.all(panels), from: to - seconds.shown, to, step: seconds.step };
}

function panelsOf({ panels }: Board, [first, end]: Picture['sections']): readonly BoardPanel[] {
	let section = 0;
	return panels.filter(({ type }) => {
		if (type === 'row') section++;
		return section >= first && section < end;
	});
}

async function answersTo(scraped: Scraped, panel: BoardPanel, choice: Choice, to: number): Promise<readonly Answer[]> {
	const asked = (panel.targets ?? []).map(async (target) => ({
		refId: target.refId,
		legend: target.legendFormat ?? '',
		table: target.format === 'table',
		series: await answer(scraped, target, choice, to),
	}));
	return Promise.all(asked);
}

async function answer({ port }: Scraped, target: Target, choice: Choice, to: number): Promise<readonly ApiSeries[]> {
	const query = interpolate(target.expr, choice);
	if (target.instant === true) {
		const data = (await askPrometheus(port, 'query', { query, time: String(to) })) as { result: readonly ApiSeries[] };
		return data.result;
	}
	const range = { start: String(to - seconds.shown), end: String(to), step: String(seconds.step) };
	const data = (await askPrometheus(port, 'query_range', { query, ...range })) as { result: readonly ApiSeries[] };
	return data.result;
}
