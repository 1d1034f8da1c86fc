import { expect, test } from 'vitest';
import { lineOf, measured } from '../../build/docs/costs/measured.ts';
import { nodeCost } from '../../build/docs/costs/node.ts';
import { defaultTraffic, requestsOf } from '../../build/docs/costs/traffic.ts';
import { number, size } from '../../build/docs/costs/words.ts';
import { defaultPlan } from '../harmless/hubTarget.ts';
import { requestsIn, tableOf } from '../harmless/table.ts';

test.each([
	[0.183, '0.18'],
	[3.38, '3.4'],
	[27.03, '27'],
	[5184, '5,184'],
	[576_000.4, '576,000'],
])('%d is told as %s', (value, words) => {
	expect(number(value)).toBe(words);
});

test.each([
	[0, '0 bytes'],
	[999, '999 bytes'],
	[2459, '2.5 kB'],
	[18_506, '19 kB'],
	[16_000_000, '16 MB'],
	[16_013_000_000, '16 GB'],
])('%d bytes are told as %s', (bytes, words) => {
	expect(size(bytes)).toBe(words);
});

test('a node sends a thousandth of what docs/requests.md says of 1,000 nodes', () => {
	const rows = tableOf('docs/requests.md', 'name', 'attempt');
	const all = rows.flatMap((row) =>
		['registry', 'token', 'redirect', 'blob'].flatMap((role) => Object.values(requestsIn(row[role] ?? ''))),
	);
	expect(nodeCost().requests * 1000).toBe(all.reduce((sum, count) => sum + count, 0));
});

test('the registries and their pace are those of the default plan', async () => {
	const plan = await defaultPlan();
	expect(defaultTraffic().map(({ registry, attempts }) => [registry, attempts])).toEqual(
		plan.map(({ registry, interval }) => [registry, 3600 / interval]),
	);
});

test('no GET of a manifest goes to Docker Hub', () => {
	const hub = defaultTraffic().find(({ registry }) => registry === 'docker.io');
	expect(Object.keys(hub?.requests ?? {}).toSorted()).toEqual(['GET blob', 'GET token', 'HEAD manifest']);
	expect(hub && requestsOf(hub)).toBe(5);
});

test('a line goes through both of its points', () => {
	const { base, each } = lineOf('CPU');
	expect(base + 10 * each).toBeCloseTo(measured('targets', 'CPU, 10 targets'));
	expect(base + 200 * each).toBeCloseTo(measured('targets', 'CPU, 200 targets'));
});

test('what was not measured is no figure', () => {
	expect(() => measured('targets', 'CPU, 7 targets')).toThrow(RangeError);
});
