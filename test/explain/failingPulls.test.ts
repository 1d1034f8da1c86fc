import { expect, test } from 'vitest';
import { failingPulls } from '../../src/explain/failingPulls.ts';
import type { PodExplanation } from '../../src/explain/podExplanation.ts';
import { explained } from './diagnosis/situations.ts';

const some = (registry: string, uid: string, changes: Partial<PodExplanation> = {}): PodExplanation => ({
	...explained({}),
	registry,
	uid,
	cause: 'node',
	explained: 'probe',
	...changes,
});

test('pods are counted once for each registry, cause and what that rests on', () => {
	const all = [
		some('ghcr.io', 'a'),
		some('ghcr.io', 'a'),
		some('ghcr.io', 'b'),
		some('ghcr.io', 'c', { cause: 'image' }),
	];
	expect(failingPulls(all, new Map())).toEqual([
		{ registry: 'ghcr.io', cause: 'node', explained: 'probe', pods: 2 },
		{ registry: 'ghcr.io', cause: 'image', explained: 'probe', pods: 1 },
	]);
});

test('a registry has its configured name', () => {
	const known = new Map([['registry.corp.example', 'team']]);
	expect(failingPulls([some('registry.corp.example', 'a')], known)).toMatchObject([{ registry: 'team' }]);
});

test('of strangers 20 have their names, those with the most pods', () => {
	const strangers = Array.from({ length: 30 }, (_, at) => some(`r${String(at).padStart(2, '0')}.example`, `u${at}`));
	const most = some('r29.example', 'another');
	const pulls = failingPulls([...strangers, most], new Map());
	expect(pulls).toHaveLength(21);
	expect(pulls.find(({ registry }) => registry === 'r29.example')?.pods).toBe(2);
	expect(pulls.find(({ registry }) => registry === 'other')?.pods).toBe(10);
});

test('what is no image name belongs to no registry', () => {
	const { registry: _, ...nameless } = some('', 'a');
	expect(failingPulls([nameless], new Map())).toMatchObject([{ registry: 'other' }]);
});
