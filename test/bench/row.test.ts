import { expect, test } from 'vitest';
import { kept, notMeasured, ratio, resultOf } from '../../bench/row.ts';
import { tableOf } from '../../bench/table.ts';

const measured = { part: 'cpu', what: 'CPU', unit: '×', goal: 1.5, agent: [2, 3, 40], peer: [2, 1, 2] } as const;

test('a ratio is that of the medians, and is held against the goal', () => {
	expect(resultOf(ratio(measured))).toBe(1.5);
	expect(kept(ratio(measured))).toBe(true);
	expect(kept(ratio({ ...measured, goal: 1.4 }))).toBe(false);
});

test('what is exact is kept by nothing else', () => {
	const row = { part: 'wire', what: 'requests', unit: 'requests', goal: 'exact' } as const;
	expect(kept({ ...row, result: 'as documented' })).toBe(true);
	expect(kept({ ...row, result: 'differs' })).toBe(false);
});

test('what was not measured stands in the table with its reason, neither kept nor broken', () => {
	const row = notMeasured({ part: 'bias', promise: 6, what: 'bias', goal: 1.8 }, 'no tcpdump');
	expect(kept(row)).toBeUndefined();
	expect(tableOf([row])).toMatch(/\| 6 +\| bias +\| +\| +\| +\| not measured +\| ≤ 1\.8 +\| +\| no tcpdump/);
});
