import { describe, expect, test } from 'vitest';
import { ruleFile } from '../../build/monitoring/files.ts';
import { alertingGroups, recordingGroups } from '../../build/monitoring/groups.ts';
import { hurried } from '../../build/monitoring/hurry.ts';
import type { Group } from '../../build/monitoring/rule.ts';
import { Directory } from '../real/directory.ts';
import { checked, lack, skipped } from './promtool.ts';

const all = [...recordingGroups, ...alertingGroups];
const textOf = (groups: readonly Group[]) => JSON.stringify(ruleFile(groups, 'docs'), undefined, '\t');
const committed = textOf(all);
const fast = textOf(all.map((group) => hurried(group, 30)));

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const duration = /\b(\d+)([smhd])\b/g;
/** The ages from which agents, nodes and nodes as kube-state-metrics knows them are judged. */
const age = /(?<=time\(\) - [^<>]* [<>](?: bool)? )\d+/g;

const durationsIn = (text: string) =>
	[...text.matchAll(duration)].map(([, count, unit = '']) => Number(count) * (seconds[unit] ?? 0));
const agesIn = (text: string) => text.match(age)?.map(Number);

describe('rules for a world that lives 30 times as fast', () => {
	test('have every duration divided', () => {
		expect(durationsIn(committed).length).toBeGreaterThan(80);
		expect(durationsIn(fast)).toEqual(durationsIn(committed).map((each) => each / 30));
	});

	test('judge agents and nodes at a younger age', () => {
		expect(agesIn(committed)).toEqual([300, 600, 900]);
		expect(agesIn(fast)).toEqual([10, 20, 30]);
	});

	test('are the same in all else', () => {
		const rest = (text: string) => text.replaceAll(duration, 'DURATION').replaceAll(age, 'AGE');
		expect(rest(fast)).toBe(rest(committed));
	});

	test.skipIf(skipped)(`are read by promtool${lack}`, () => {
		using directory = new Directory();
		expect(checked(directory.write('rules.json', fast))).toMatch(/SUCCESS: \d+ rules found\n\s*$/);
	});
});

test('what is no duration of one unit is refused', () => {
	expect(() => hurried({ name: 'a', interval: '1h30m', rules: [] }, 60)).toThrow(RangeError);
});
