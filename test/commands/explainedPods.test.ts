import { expect, test } from 'vitest';

import { createExplainedPods, mostExplained } from '../../src/commands/explainedPods.ts';
import { explained } from '../explain/diagnosis/situations.ts';

test('listeners are told of what is said, not of new evidence', () => {
	const pods = createExplainedPods();
	const told: number[] = [];
	const end = pods.onChange((all) => told.push(all.length));
	const one = explained({});
	pods.publish([one]);
	pods.publish([{ ...one, tries: 8, evidence: [{ at: 1, source: 'probe', text: 'ok' }] }]);
	pods.publish([{ ...one, summary: 'Something else.' }]);
	end();
	pods.publish([]);
	expect(told).toEqual([1, 1]);
	expect(pods.explanations()).toEqual([]);
});

test('what is kept is bounded', () => {
	const pods = createExplainedPods();
	pods.publish(Array.from({ length: mostExplained + 1 }, () => explained({})));
	expect(pods.explanations()).toHaveLength(mostExplained);
});
