import { describe, expect, test } from 'vitest';
import { alerts } from '../../build/monitoring/groups.ts';
import { agentCases, agentQuiet } from './cases/agents.ts';
import { partCases, partQuiet } from './cases/parts.ts';
import { pathCases, pathQuiet } from './cases/paths.ts';
import { quotaCases, quotaQuiet } from './cases/quotas.ts';
import { secretCases, secretQuiet } from './cases/secrets.ts';
import type { Case, Quiet } from './cases/case.ts';
import { fired, firing, lack, skipped, unexpected, type Scenario } from './promtool.ts';

const cases: readonly Case[] = [...pathCases, ...partCases, ...secretCases, ...quotaCases, ...agentCases];
const quiet: readonly Quiet[] = [...pathQuiet, ...partQuiet, ...secretQuiet, ...quotaQuiet, ...agentQuiet];

function scenarioOf({ alert, when, lines, alerts: expected, fires, silent, every = 1 }: Case): Scenario {
	return {
		name: `${alert} when ${when}`,
		lines,
		every,
		expectations: [
			...silent.map((minute) => firing(alert, minute)),
			...fires.map((minute) => firing(alert, minute, ...expected)),
		],
	};
}

function silenceOf({ alert, when, lines, minutes, every = 1 }: Quiet): Scenario {
	const { expr, minute } = fired(minutes, {});
	const own = expr.replace('ALERTS{', `ALERTS{alertname="${alert}", `);
	return { name: `${alert} not when ${when}`, lines, every, expectations: [{ expr: own, minute, samples: [] }] };
}

test('every alert has a case in which it fires and one in which it does not', () => {
	const namesOf = (all: readonly { readonly alert: string }[]) =>
		[...new Set(all.map(({ alert }) => alert))].toSorted();
	const known = alerts.map(({ alert }) => alert).toSorted();
	expect(namesOf(cases)).toEqual(known);
	expect(known.filter((alert) => !quiet.some((one) => one.alert === alert))).toEqual([]);
});

test('an alert is told from others by the labels that the documentation names', () => {
	for (const { alert, alerts: expected } of cases) {
		const { by = [] } = alerts.find((one) => one.alert === alert) ?? {};
		for (const labels of expected) expect(Object.keys(labels).filter((label) => !by.includes(label))).toEqual([]);
	}
});

describe.skipIf(skipped)(`promtool${lack}`, () => {
	test.concurrent.each([...cases.map(scenarioOf), ...quiet.map(silenceOf)].map((one) => [one.name, one] as const))(
		'%s',
		async (_name, scenario) => {
			expect(await unexpected(scenario)).toBe('');
		},
	);
});
