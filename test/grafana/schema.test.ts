import { beforeAll, describe, expect, test } from 'vitest';
import { committed, fileOf } from './board.ts';
import { type Faults, schemaFaults } from './schema/compile.ts';

/** A fault that somebody could write: what stands in a board's file, and what would stand there instead. */
type Mutation = readonly [title: string, file: string, from: string | RegExp, to: string];

const mutations: readonly Mutation[] = [
	['a field that no board has', 'fleet.json', '"refresh":', '"refreshh":'],
	['a field that no panel has', 'fleet.json', '"gridPos":', '"gridpos":'],
	['a panel without its place', 'fleet.json', /"gridPos": \{[^}]*\},/, ''],
	['a panel without a description', 'fleet.json', /"description": "Nodes on which[^\n]*\n/, ''],
	['a type of panel that the boards do not know', 'fleet.json', '"type": "stat"', '"type": "stats"'],
	['a misspelt option of a table', 'fleet.json', '"showHeader"', '"showHeaders"'],
	['an option of another panel', 'fleet.json', '"graphMode": "none"', '"displayMode": "basic"'],
	['a word that an option does not take', 'fleet.json', '"graphMode": "none"', '"graphMode": "nothing"'],
	['an option without which a panel does not stand', 'registry.json', /"showUnfilled": true,/, ''],
	['a unit that is a number', 'fleet.json', '"unit": "short"', '"unit": 7'],
	['a misspelt setting of fields', 'fleet.json', '"unit": "short"', '"units": "short"'],
	['a misspelt setting of one column', 'fleet.json', '"id": "decimals"', '"id": "decimal"'],
	['a setting of one column of the wrong type', 'fleet.json', /("id": "decimals",\s*"value": )0/, '$1"0"'],
	['a setting of one column that its panel has not', 'fleet.json', '"id": "custom.width"', '"id": "custom.lineWidth"'],
	['a threshold without a colour', 'fleet.json', /("value": 0\.5),\s*"color": "red"/, '$1'],
	['a mode of thresholds that is none', 'fleet.json', '"mode": "absolute"', '"mode": "relative"'],
	['a mapping of no known type', 'fleet.json', '"type": "special"', '"type": "none"'],
	['a transformation that the boards do not know', 'fleet.json', '"id": "merge"', '"id": "merged"'],
	['a misspelt option of a transformation', 'fleet.json', '"renameByName"', '"renamesByName"'],
	['a format of a query that is none', 'fleet.json', '"format": "table"', '"format": "tables"'],
	['a query without a name', 'fleet.json', /"refId": "A",/, ''],
	['a variable of a type that is none', 'fleet.json', '"type": "constant"', '"type": "fixed"'],
	['a variable that is hidden in a way that is none', 'fleet.json', '"hide": 2', '"hide": 7'],
	['a mark without a colour', 'fleet.json', /"iconColor": "red",/, ''],
	['a link of a type that is none', 'fleet.json', '"type": "link"', '"type": "url"'],
	['a style of lines that is none', 'node.json', '"showPoints": "never"', '"showPoints": "seldom"'],
];

let faults: Faults;

beforeAll(async () => {
	const boards = committed.map(([name]) => [name, fileOf(name)] as const);
	const mutated = mutations.map(([title, file, from, to]) => [title, fileOf(file).replace(from, to)] as const);
	faults = await schemaFaults(Object.fromEntries([...boards, ...mutated]));
}, 120_000);

describe("the SDK's schema", () => {
	test.each(committed.map(([name]) => name))('allows %s', (name) => {
		expect(faults[name]).toEqual([]);
	});

	test.each(mutations)('does not allow %s', (title, file, from, to) => {
		expect(fileOf(file).replace(from, to)).not.toBe(fileOf(file));
		expect(faults[title]).not.toEqual([]);
	});
});
