import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Directory } from '../real/directory.ts';
import { type Board, committed } from './board.ts';
import { textsIn, valuesOfKey } from './walk.ts';

const run = promisify(execFile);
const uids = committed.map(([, { uid }]) => uid);
const shared = ['datasource', 'cluster', 'network'];

/** The variables of the board that a text names, in any of Grafana's three ways; Grafana's own begin with two lines. */
function variablesIn(text: string): readonly string[] {
	const named = [...text.matchAll(/\$(\w+)|\$\{(\w+)(?:[.:][^}]*)?\}|\[\[(\w+)(?::\w+)?\]\]/g)];
	return named.map(([, bare, braced, old]) => bare ?? braced ?? old ?? '').filter((name) => !name.startsWith('__'));
}

interface ColumnLink {
	/** The column that carries it. */
	readonly on: string;
	readonly panel: string;
	readonly url: string;
}

function columnLinks({ panels }: Board): readonly ColumnLink[] {
	return panels.flatMap(({ title, fieldConfig }) =>
		(fieldConfig?.overrides ?? []).flatMap(({ matcher, properties }) =>
			properties
				.filter(({ id }) => id === 'links')
				.flatMap(({ value }) =>
					(value as readonly { url: string }[]).map(({ url }) => ({ panel: title, on: String(matcher.options), url })),
				),
		),
	);
}

describe.each(committed)('%s', (_, board) => {
	const own = board.templating.list.map(({ name }) => name);

	test('has every variable that it names, and names every variable that it has', () => {
		const repeated = board.panels.flatMap(({ repeat }) => repeat ?? []);
		const named = [...textsIn(board).flatMap(variablesIn), ...repeated];
		expect([...new Set(named)].toSorted()).toEqual(own.toSorted());
	});

	test('a variable is asked for with those that stand before it', () => {
		for (const [at, { query }] of board.templating.list.entries()) {
			const named = textsIn(query).flatMap(variablesIn);
			expect(named.filter((name) => !own.slice(0, at).includes(name))).toEqual([]);
		}
	});

	test('begins with what means the same on every board', () => {
		expect(own.slice(0, shared.length)).toEqual(shared);
	});

	test('asks the Prometheus that was chosen, everywhere', () => {
		const asked = valuesOfKey(board, 'datasource');
		expect(asked.length).toBeGreaterThan(10);
		for (const source of asked) expect(source).toEqual({ type: 'prometheus', uid: '${datasource}' });
		const asking = [
			...board.panels.filter(({ type }) => type !== 'row'),
			...board.panels.flatMap(({ targets = [] }) => targets),
		];
		expect(asking.filter(({ datasource }) => datasource === undefined)).toEqual([]);
	});

	test('links lead to boards that are there, choose what these have, and keep the rest', () => {
		const inTables = columnLinks(board).map(({ url }) => url);
		const links = [...board.links.map(({ url }) => url), ...inTables].filter((url) => url.startsWith('/d/'));
		expect(links.length).toBeGreaterThanOrEqual(4);
		for (const link of links) {
			const [, uid = '', query = ''] = /^\/d\/([\w-]+)\?(.*)$/.exec(link) ?? [];
			expect(uids).toContain(uid);
			for (const name of shared) expect(query).toContain(`\${${name}:queryparam}`);
			const target = committed.find(([, other]) => other.uid === uid)?.[1];
			const there = target?.templating.list.map(({ name }) => name) ?? [];
			const chosen = [...query.matchAll(/var-(\w+)=/g)].map(([, name = '']) => name);
			expect(chosen.filter((name) => !there.includes(name))).toEqual([]);
		}
	});

	test('links keep the time', () => {
		expect(board.links.filter(({ keepTime }) => !keepTime)).toEqual([]);
		const leading = columnLinks(board).filter(({ url }) => url.startsWith('/d/'));
		expect(leading.filter(({ url }) => !url.endsWith('&${__url_time_range}'))).toEqual([]);
	});

	test('links to other boards are in sight', () => {
		expect(board.links.filter((link) => 'placement' in link)).toEqual([]);
	});

	test('links name columns of their own table', () => {
		for (const { panel: title, url } of columnLinks(board)) {
			const panel = board.panels.find((each) => each.title === title);
			const columns = panel?.fieldConfig?.overrides.map(({ matcher }) => matcher.options);
			for (const [, column] of url.matchAll(/\$\{__data\.fields\.(\w+)\}/g)) expect(columns).toContain(column);
		}
	});

	test('every reason in a table leads to its section of the runbook', () => {
		const columns = board.panels.flatMap(({ title, fieldConfig }) =>
			(fieldConfig?.overrides ?? []).flatMap(({ matcher }) => (matcher.options === 'Reason' ? [title] : [])),
		);
		const leading = columnLinks(board).filter(({ on }) => on === 'Reason');
		expect(leading.map(({ panel }) => panel)).toEqual(columns);
		for (const { url } of leading) expect(url).toBe('${docs:raw}/runbook.md#${__data.fields.Reason}');
	});
});

test('the boards about paths have reasons', () => {
	const having = committed.filter(([, board]) => columnLinks(board).some(({ on }) => on === 'Reason'));
	expect(having.map(([name]) => name)).toEqual(['fleet.json', 'node.json', 'registry.json']);
});

test('links to the runbook lead where one says', async () => {
	using directory = new Directory();
	const words = [
		'grafana/src/write.ts',
		'--docs',
		'https://git.example/registry-probe/docs/',
		'--to',
		directory.at('boards'),
	];
	await run(process.execPath, words);
	for (const [name, board] of committed) {
		const written = JSON.parse(readFileSync(directory.at(`boards/${name}`), 'utf8')) as Board;
		const list = board.templating.list.map((variable) =>
			variable.name === 'docs' ? { ...variable, query: 'https://git.example/registry-probe/docs' } : variable,
		);
		expect(written).toEqual({ ...board, templating: { list } });
	}
});
