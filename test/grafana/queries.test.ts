import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { walks } from '../probe/walks.ts';
import type { ApiSeries } from '../real/apiSeries.ts';
import { askPrometheus } from '../real/prometheus.ts';
import { suite } from '../real/suite.ts';
import { askPanel } from './askPanel.ts';
import { committed, labelValuesOf, queriesOf, type Target } from './board.ts';
import { toldNode } from './everything.ts';
import { type Choice, everything, interpolate } from './interpolate.ts';
import { marksOf } from './marks.ts';
import { type Scraped, startScraped } from './world.ts';

/** What people choose: each board is looked at in all these ways. */
const choices: readonly Choice[] = [
	everything,
	...['worker-1', 'worker-2', 'worker-3', toldNode].map((node) => ({ ...everything, node })),
	...['hub.demo.test', 'open.demo.test', 'docker.io'].map((registry) => ({ ...everything, registry })),
	{ ...everything, cluster: 'demo', zone: 'demo-1a|demo-1b', node: 'worker-1|worker-2', registry: 'hub.demo.test' },
];

suite('boards against a real Prometheus', ['prometheus'], () => {
	let scraped: Scraped;

	beforeAll(async () => {
		scraped = await startScraped();
	}, 120_000);

	afterAll(() => scraped?.[Symbol.asyncDispose]());

	const ask = (target: Target, choice: Choice) => askPanel(scraped.port, target, choice);

	/** How many series there are at most, whatever is chosen. */
	async function most(target: Target): Promise<number> {
		const found = [];
		for (const choice of choices) found.push((await ask(target, choice)).length);
		return Math.max(...found);
	}

	describe.each(committed)('%s', (_, board) => {
		test.each(queriesOf(board).map(({ panel, target }) => [panel.title, target.refId, target] as const))(
			'%s %s has something to tell',
			async (_title, _refId, target) => {
				expect(await most(target)).toBeGreaterThan(0);
			},
		);

		test('nothing is told of a cluster that nobody watches, so that nothing of it looks well', async () => {
			const nowhere = { ...everything, cluster: 'elsewhere' };
			for (const { panel, target } of queriesOf(board)) {
				const series = await ask(target, nowhere);
				expect({ title: panel.title, refId: target.refId, series }).toMatchObject({ series: [] });
			}
		});

		test('every variable has values', async () => {
			for (const variable of board.templating.list) {
				const values = labelValuesOf(variable);
				if (!values) continue;
				const found = await Promise.all(
					choices.map((choice) => {
						const match = interpolate(values.metric, choice);
						return askPrometheus(scraped.port, `label/${values.label}/values`, { 'match[]': match });
					}),
				);
				expect({ variable: variable.name, values: found.flat().length }).not.toHaveProperty('values', 0);
			}
		});
	});

	const targetsOf = (file: string, title: string) =>
		committed
			.filter(([name]) => name === file)
			.flatMap(([, board]) => queriesOf(board))
			.filter(({ panel }) => panel.title === title);

	async function told(file: string, title: string, at = 0, choice: Choice = everything): Promise<readonly ApiSeries[]> {
		const target = targetsOf(file, title)[at]?.target;
		if (!target) throw new Error(`there is no panel ${title} in ${file}`);
		return ask(target, choice);
	}

	const valuesOf = (series: readonly ApiSeries[], label: string) =>
		Object.fromEntries(series.map(({ metric, value }) => [metric[label] ?? '', Number(value?.[1])]));

	test('the zone that is cut off is to blame for both registries', async () => {
		const verdicts = valuesOf(await told('fleet.json', 'Is it us, a zone, an address, or them?'), 'registry');
		expect(verdicts).toMatchObject({ 'hub.demo.test': 4, 'open.demo.test': 4 });
	});

	test('a zone alone, of which all nodes fail, is everyone', async () => {
		const choice = { ...everything, zone: 'demo-1b' };
		const verdicts = valuesOf(
			await told('fleet.json', 'Is it us, a zone, an address, or them?', 0, choice),
			'registry',
		);
		expect(verdicts).toMatchObject({ 'hub.demo.test': 5, 'open.demo.test': 5 });
	});

	test('one node that fails among many is that node', async () => {
		const choice = { ...everything, node: 'worker-1|worker-3|worker-4', registry: 'hub.demo.test' };
		const verdicts = await told('fleet.json', 'Is it us, a zone, an address, or them?', 0, choice);
		expect(valuesOf(verdicts, 'registry')).toEqual({ 'hub.demo.test': 1 });
	});

	test('what is broken is named with the host that is to blame', async () => {
		const title = 'What is broken, and which host is to blame?';
		const broken = (await told('node.json', title, 0, { ...everything, node: 'worker-3' })).map(({ metric }) => metric);
		expect(broken).toContainEqual(
			expect.objectContaining({ registry: 'hub.demo.test', stage: 'manifest', reason: 'rate_limited' }),
		);
		expect(broken).toContainEqual(expect.objectContaining({ registry: 'open.demo.test', reason: 'tcp_timeout' }));
		expect(broken.map(({ peer = '' }) => peer.replace(/:.*/, '')).toSorted()).toEqual([
			'hub.demo.test',
			'mirror.demo.test',
		]);
	});

	test('of a node that is well it is said that nothing is broken', async () => {
		const title = 'What is broken, and which host is to blame?';
		const rows = await told('node.json', title, 0, { ...everything, node: 'worker-1' });
		expect(rows.map(({ metric }) => metric)).toEqual([{ reason: 'nothing is broken' }]);
	});

	test('the stages of a path stand in the order of a pull', async () => {
		const title = 'How far does the path come, stage by stage?';
		const choice = { ...everything, node: 'worker-1', registry: 'hub.demo.test' };
		const seen: string[] = [];
		for (const { target } of targetsOf('node.json', title)) {
			for (const { metric } of await ask(target, choice)) seen.push(`${metric['role']} ${metric['stage']}`);
		}
		expect(seen).toEqual(walks.whole);
	});

	test('a quota belongs to its address, with the nodes behind it', async () => {
		const title = 'Which quota runs out, and when?';
		const choice = { ...everything, registry: 'hub.demo.test' };
		expect(valuesOf(await told('rate-limits.json', title, 2, choice), 'source')).toMatchObject({ '198.51.100.20': 0 });
		expect(valuesOf(await told('rate-limits.json', title, 5, choice), 'source')).toEqual({
			'203.0.113.7': 2,
			'198.51.100.20': 1,
		});
	});

	/** The registries that each board marks from a moment on. */
	async function marked(name: string, since: number, choice: Choice): Promise<Readonly<Record<string, unknown>>> {
		const range = { start: String(since), end: String(Date.now() / 1000), step: '1' };
		const found = committed.map(async ([file, board]) => {
			const { expr = '' } = board.annotations.list.find((mark) => mark.name === name) ?? {};
			const query = interpolate(expr, choice);
			const data = await askPrometheus(scraped.port, 'query_range', { query, ...range });
			const { result } = data as { readonly result: readonly ApiSeries[] };
			return [file, marksOf(result, 1).map(({ labels }) => labels['registry'])] as const;
		});
		return Object.fromEntries(await Promise.all(found));
	}

	const onEveryBoard = (registries: readonly string[]) =>
		Object.fromEntries(committed.map(([file]) => [file, registries]));
	const patience = { timeout: 25_000, interval: 500 };

	test('where a verdict changes every board marks it, once for each change, and marks nothing else', async () => {
		const { exhaust } = scraped.fleet.servers;
		const limited = { ...everything, node: 'worker-1', registry: 'hub.demo.test' };
		const other = { ...everything, node: toldNode, registry: 'docker.io' };
		const [begin, again] = ['Pulls begin to fail', 'Pulls succeed again'];
		const began = Date.now() / 1000;
		expect(await marked(begin, began, limited)).toEqual(onEveryBoard([]));
		exhaust(true);
		await expect.poll(() => marked(begin, began, limited), patience).toEqual(onEveryBoard(['hub.demo.test']));
		expect(await marked(again, began, limited)).toEqual(onEveryBoard([]));
		exhaust(false);
		await expect.poll(() => marked(again, began, limited), patience).toEqual(onEveryBoard(['hub.demo.test']));
		for (const name of [begin, again]) expect(await marked(name, began, other)).toEqual(onEveryBoard([]));
	}, 60_000);
});
