import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { figuresOf, withFigures } from '../../bench/figures.ts';
import { latest, merge, readResults } from '../../bench/results.ts';
import type { PartResult, Results } from '../../bench/results.ts';
import type { Row } from '../../bench/row.ts';

const setting = { machine: 'a machine', node: 'v24.0.0', peer: 'blackbox_exporter 1' };

const part = (rows: readonly Row[]): PartResult => ({
	at: '2026-01-01T00:00:00Z',
	rounds: 3,
	load: [0, 1],
	niceness: 0,
	rows,
});

const results = (parts: Results['parts'], node = setting.node): Results => ({ setting: { ...setting, node }, parts });

const cpu: Row = { part: 'cpu', promise: 5, what: 'CPU', unit: 'ms', agent: [3] };
const start: Row = { part: 'start', promise: 4, what: 'start', unit: 'ms', agent: [200] };
const size = (targets: number, value: number): Row => {
	return { part: 'targets', what: `scrape size, ${targets} targets`, unit: 'KiB', agent: [value] };
};

test('docs/performance.md shows the figures of the recorded run: node bench/page.ts', () => {
	const page = readFileSync('docs/performance.md', 'utf8');
	const recorded = readResults(latest);
	expect(recorded && withFigures(page, figuresOf(recorded))).toBe(page);
});

test('promises come in their order, whatever the order of the parts', () => {
	const text = figuresOf(results({ cpu: part([cpu]), start: part([start]) }));
	expect(text.indexOf('| 4 | start')).toBeGreaterThan(0);
	expect(text.indexOf('| 4 | start')).toBeLessThan(text.indexOf('| 5 | CPU'));
});

test('the curve has a line for each size and tells what one target more costs', () => {
	const text = figuresOf(results({ targets: part([size(110, 30), size(10, 10)]) }));
	expect(text).toContain('| 10 | 10 |\n| 110 | 30 |\n| each more, up to 110 | 0.2 |');
});

test('sizes of which series are left out do not count for what one target more costs', () => {
	const lost = (targets: number, value: number): Row => {
		return { part: 'targets', what: `series left out, ${targets} targets`, unit: '', agent: [value] };
	};
	const rows = [size(10, 10), size(110, 30), size(210, 31), lost(10, 0), lost(110, 0), lost(210, 5)];
	expect(figuresOf(results({ targets: part(rows) }))).toContain('| each more, up to 110 | 0.2 | 0 |');
});

test('the parts during which the machine had other work are named', () => {
	const text = figuresOf(results({ cpu: { ...part([cpu]), load: [0, 1.5] }, start: part([start]) }));
	expect(text).toContain('load     0 to 1.5 before and after the parts, above 1 at cpu; niceness 0');
});

test('parts that were measured before stay, unless they come from another setting', () => {
	const old = results({ cpu: part([cpu]) });
	expect(Object.keys(merge(old, results({ start: part([start]) })).parts)).toEqual(['cpu', 'start']);
	expect(Object.keys(merge(old, results({ start: part([start]) }, 'v25.0.0')).parts)).toEqual(['start']);
});

test('a page without the marks is refused', () => {
	expect(() => withFigures('# Performance\n', 'figures')).toThrow('the page lacks');
});
