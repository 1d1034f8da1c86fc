import { afterAll, expect, test } from 'vitest';

import { attempt } from './engine/attempt.ts';
import { kept } from './engine/files.ts';
import { removeRoots } from './nodeRoot.ts';
import { targetNamed, targetNames } from './targets.ts';

afterAll(removeRoots);

/** Everything that is known to reach some code, or that once broke the contract, is tried again in every run. */
test.each(targetNames)('%s keeps its contract with all that was ever found', async (name) => {
	const target = await targetNamed(name);
	expect(target.name).toBe(name);
	const seeds = target.seeds.map((seed) => Buffer.from(seed));
	for (const input of [...seeds, ...kept('corpus', target), ...kept('findings', target)]) {
		const { finding } = await attempt(target, input);
		expect(finding?.what).toBeUndefined();
	}
});
