import { describe, expect, test } from 'vitest';
import { read } from '../docs/markdown.ts';
import { committed } from './board.ts';
import { everythingIn, valuesOfKey } from './walk.ts';

/** All units of Grafana's library: `node grafana/draw/main.ts` writes the file. */
const { units: known } = JSON.parse(read('test/grafana/grafanaUnits.json')) as { units: readonly string[] };

/** Words that make nothing look like good news, where a text begins with them. */
const healthy = /^\W*(?:0|all|fine|good|green|healthy|none|nothing|ok|okay|pulls?|up|well)\b/i;

interface Step {
	readonly value: number | null;
	readonly color: string;
}

describe.each(committed)('%s', (_, board) => {
	const panels = board.panels.filter(({ type }) => type !== 'row');
	const properties = panels.flatMap(({ title, fieldConfig }) =>
		(fieldConfig?.overrides ?? []).flatMap(({ properties: all }) => all.map((each) => ({ title, ...each }))),
	);
	const ofColumns = (id: string) => properties.filter((each) => each.id === id).map(({ value }) => value);

	test('every unit is one that Grafana knows', () => {
		const used = [...valuesOfKey(board, 'unit'), ...ofColumns('unit')];
		expect(used.length).toBeGreaterThan(3);
		expect(used.filter((unit) => !known.includes(String(unit)))).toEqual([]);
	});

	test('every panel says what it means when it has nothing to tell, and that never sounds well', () => {
		const words = panels.map(({ fieldConfig }) => fieldConfig?.defaults.noValue ?? '');
		expect(words.filter((word) => word === '' || healthy.test(word))).toEqual([]);
		const cells = ofColumns('noValue');
		expect(cells.filter((word) => word !== '–')).toEqual([]);
	});

	test('no value is never green', () => {
		for (const steps of valuesOfKey(board, 'steps') as readonly (readonly Step[])[]) {
			expect(steps[0]?.value).toBeNull();
			expect(steps[0]?.color).not.toMatch(/green/);
			const values = steps.slice(1).map(({ value }) => value ?? Number.NaN);
			expect(values).toEqual(values.toSorted((a, b) => a - b));
		}
	});

	test('where words stand for numbers there is a word for no number, and it is not green', () => {
		const mappings = [...panels.map(({ fieldConfig }) => fieldConfig?.defaults.mappings), ...ofColumns('mappings')];
		for (const each of mappings.filter((all) => all !== undefined)) {
			const special = everythingIn(each).find(({ value }) => value === 'null+nan');
			expect(special).toBeDefined();
			const missing = valuesOfKey(each, 'result') as readonly { color: string }[];
			expect(missing.map(({ color }) => color)).toEqual(['purple']);
		}
	});

	test('numbers and bars have colours of what they mean', () => {
		const plain = panels.filter(
			({ type, fieldConfig }) =>
				['stat', 'bargauge'].includes(type) && (fieldConfig?.defaults.thresholds?.steps.length ?? 0) < 2,
		);
		// The verdict has its colours by its words.
		expect(plain.filter(({ fieldConfig }) => (fieldConfig?.defaults.mappings?.length ?? 0) < 2)).toEqual([]);
	});

	test('every panel can be read: it is at least three of the grid high and four wide, and on the grid', () => {
		const places = panels.map(({ gridPos }) => gridPos);
		expect(places.filter(({ w, h }) => w < 4 || h < 3)).toEqual([]);
		expect(
			places.flatMap(({ x, y, w, h }) => [x, y, w, h]).filter((value) => !Number.isInteger(value) || value < 0),
		).toEqual([]);
	});
});
