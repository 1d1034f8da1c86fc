import { beforeAll, describe, expect, test } from 'vitest';

import { differences } from './compare.ts';
import { exceptions } from './exceptions.ts';
import { lacking, tryAll } from './inNamespace.ts';
import type { Judged } from './judged.ts';
import { type Pull, recorded } from './recorded.ts';
import type { Outcome } from './run.ts';
import { setups } from './setups.ts';

const missing = lacking();
const skipped = missing !== undefined && process.env['CI'] !== 'true';

const isExcepted = (scenario: string, { runtime }: Pull) =>
	exceptions.some((one) => one.scenario === scenario && (one.runtimes ?? [runtime]).includes(runtime));

describe.skipIf(skipped)(`recorded pulls${skipped ? ` (skipped without ${missing})` : ''}`, () => {
	let outcomes: readonly Outcome[] = [];
	beforeAll(async () => {
		if (missing !== undefined) throw new Error(`this suite cannot run without ${missing}`);
		outcomes = await tryAll();
	}, 180_000);

	/** What came of one pull; throws what kept the scenario from being tried. */
	function judgedOf(scenario: string, { runtime }: Pull): Judged | undefined {
		const outcome = outcomes.find((one) => one.scenario === scenario);
		if (outcome && 'error' in outcome) throw new Error(outcome.error);
		return outcome?.judged.find((one) => one.runtime === runtime);
	}

	describe.each(recorded)('$scenario: $setup', (entry) => {
		const { scenario, pulls } = entry;
		const told = pulls.filter((pull) => !isExcepted(scenario, pull));
		const excepted = pulls.filter((pull) => isExcepted(scenario, pull));

		test.each(told)('$runtime', (pull) => {
			const judged = judgedOf(scenario, pull);
			const trails = judged?.trails;
			expect({ differences: differences(entry, pull, judged), trails }).toEqual({ differences: [], trails });
		});
		test.each(excepted)('$runtime is still an exception', (pull) => {
			const outcome = outcomes.find((one) => one.scenario === scenario);
			const tried = outcome && 'judged' in outcome ? judgedOf(scenario, pull) : undefined;
			expect(differences(entry, pull, tried)).not.toEqual([]);
		});
	});

	test.each([
		['dns-two-ns', 'dead_nameserver', 10],
		['tcp-two-a-dropped', 'dead_address', 30],
	])('%s: what makes the pull late is named', (scenario, cause, seconds) => {
		const pulls = recorded.find((one) => one.scenario === scenario)?.pulls ?? [];
		expect(pulls.length).toBeGreaterThan(0);
		for (const pull of pulls) {
			expect(judgedOf(scenario, pull)?.verdict?.delays).toEqual({ [cause]: seconds });
		}
	});
});

test('every recorded scenario has its servers', () => {
	expect(recorded.map(({ scenario }) => scenario).toSorted()).toEqual(Object.keys(setups).toSorted());
});

test('every exception is one of a recorded pull', () => {
	const names = new Set(
		recorded.flatMap(({ scenario, pulls }) => pulls.map(({ runtime }) => `${scenario} ${runtime}`)),
	);
	const listed = exceptions.flatMap(({ scenario, runtimes }) => {
		const all = recorded.find((one) => one.scenario === scenario)?.pulls.map(({ runtime }) => runtime) ?? [''];
		return (runtimes ?? all).map((runtime) => `${scenario} ${runtime}`);
	});
	expect(listed.filter((name) => !names.has(name))).toEqual([]);
	expect(listed.length).toBeLessThan(names.size / 10);
});
