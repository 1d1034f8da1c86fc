import { expect, test } from 'vitest';

import type { Finding } from './engine/attempt.ts';
import { Campaign } from './engine/campaign.ts';
import { Coverage } from './engine/coverage.ts';
import { growth } from './engine/growth.ts';
import { minimise } from './engine/minimise.ts';
import { Random } from './engine/random.ts';
import { deep, slow } from './planted.ts';

const listener = (findings: Finding[]) => ({
	onInput: () => {},
	onKept: () => {},
	onFinding: (finding: Finding) => {
		findings.push(finding);
		return Promise.resolve();
	},
});

test('a fault behind several conditions is found by the code that runs', async () => {
	const findings: Finding[] = [];
	using coverage = new Coverage(/test\/fuzz\/planted\.ts/);
	const wish = { seed: 3, time: 20_000, runs: 14_000, corpus: [] };
	await new Campaign(deep, coverage, wish, listener(findings)).run();
	expect(new Set(findings.map(({ kind, input }) => `${kind} ${input.toString('latin1', 0, 3)}`))).toEqual(
		new Set(['error fuz']),
	);
});

test('time that grows with the square of a length is found', async () => {
	const tries = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((seed) => new Random(seed));
	let found: Finding | undefined;
	for (const random of tries) {
		found ??= await growth(slow, Buffer.from('xxxx'), { random, words: slow.words, other: Buffer.alloc(0) });
	}
	expect(found?.kind).toBe('growth');
});

test('what is not needed is cut away', async () => {
	const small = await minimise(Buffer.from('....fuz....!....'), (smaller) =>
		Promise.resolve(/f.*!/.test(smaller.toString())),
	);
	expect(small.toString()).toBe('f!');
});

test('a seed gives the same numbers again', () => {
	const numbers = (seed: number) => {
		const random = new Random(seed);
		return Array.from({ length: 5 }, () => random.below(1000));
	};
	expect(numbers(7)).toEqual(numbers(7));
	expect(numbers(7)).not.toEqual(numbers(8));
});
