import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { boards, textOf } from '../../grafana/src/boards.ts';
import { withPanels } from '../../grafana/src/document.ts';
import { stages } from '../../src/probe/stages.ts';
import { read } from '../docs/markdown.ts';
import { aStore } from '../store/literals.ts';
import { aView } from '../views/metricsWorld.ts';
import { type Board, committed, fileOf, labelValuesOf, queriesOf } from './board.ts';

const exported = new Set(aView(aStore(), { stages }).families.map(({ name }) => name));
const uids = committed.map(([, { uid }]) => uid);

/** Everything that a board asks Prometheus. */
function expressionsOf(board: Board): readonly string[] {
	return [
		...queriesOf(board).map(({ target }) => target.expr),
		...board.annotations.list.map(({ expr }) => expr),
		...board.templating.list.flatMap((variable) => labelValuesOf(variable)?.metric ?? []),
	];
}

test('the boards keep the ids that bookmarks hold', () => {
	expect(uids).toEqual([
		'registry-probe-fleet',
		'registry-probe-node',
		'registry-probe-registry',
		'registry-probe-rate-limits',
		'registry-probe-agent',
	]);
});

test('there is a file for each board and no other', () => {
	const files = globSync('*.json', { cwd: join(import.meta.dirname, '../../grafana') });
	expect(files.toSorted()).toEqual(Object.keys(boards).toSorted());
});

test('docs/dashboards.md lists their panels (node grafana/src/write.ts writes it anew)', () => {
	const made = Object.fromEntries(Object.entries(boards).map(([name, make]) => [name, make()]));
	const document = read('docs/dashboards.md');
	expect(withPanels(document, made)).toBe(document);
	for (const [name] of committed) expect(document).toContain(`<!-- panels of ${name} -->`);
});

describe.each(committed)('%s', (name, board) => {
	const panels = board.panels.filter(({ type }) => type !== 'row');

	test('is what grafana/src writes (node grafana/src/write.ts writes it anew)', () => {
		const make = boards[name];
		expect(make && textOf(make())).toBe(fileOf(name));
	});

	test('is read by Grafana 11 and later', () => {
		expect(board.schemaVersion).toBe(39);
		expect(panels.map(({ type }) => type)).not.toContain('graph');
	});

	test('asks for no metric that no agent exports', () => {
		const named = expressionsOf(board).flatMap((text) => text.match(/\b(?:registry_probe|process)_\w+/g) ?? []);
		expect(named.length).toBeGreaterThan(10);
		expect([...new Set(named)].filter((metric) => !exported.has(metric))).toEqual([]);
	});

	test('every title is a question, and every panel says how to read its answer', () => {
		expect(panels.map(({ title }) => title).filter((title) => !title.endsWith('?'))).toEqual([]);
		expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
		expect(panels.filter(({ description = '' }) => !description.endsWith('.'))).toEqual([]);
	});

	test('panels have numbers of their own and do not lie on each other', () => {
		expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length);
		const cells = board.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
			Array.from({ length: w * h }, (_, at) => `${x + (at % w)} ${y + Math.floor(at / w)}`),
		);
		expect(new Set(cells).size).toBe(cells.length);
		expect(board.panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
	});

	test('numbers over time have a unit', () => {
		const bare = panels.filter(({ type, fieldConfig }) => type === 'timeseries' && !fieldConfig?.defaults.unit);
		expect(bare).toEqual([]);
	});
});
