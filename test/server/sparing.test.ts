import { expect, test } from 'vitest';
import { sparing } from '../../src/server/sparing.ts';

/** Something that is made three times a second at most, on a clock that is moved by hand. */
function aSparingMaker() {
	let now = 0;
	let made = 0;
	const ask = sparing(
		async (wish: string) => `${wish} ${(made += 1)}`,
		(wish) => wish.toLowerCase(),
		{ times: 3, within: 1000, now: () => now },
	);
	return { ask, wait: (milliseconds: number) => (now += milliseconds), made: () => made };
}

test('few who ask each get something new', async () => {
	const { ask } = aSparingMaker();
	expect([await ask('a'), await ask('a'), await ask('a')]).toEqual(['a 1', 'a 2', 'a 3']);
});

test('many who ask share the last, until the second is over', async () => {
	const { ask, wait, made } = aSparingMaker();
	for (let times = 0; times < 1000; times += 1) await ask('a');
	expect(made()).toBe(3);
	wait(1000);
	expect(await ask('a')).toBe('a 4');
});

test('who wants something else is not given what others want', async () => {
	const { ask, made } = aSparingMaker();
	for (let times = 0; times < 100; times += 1) await ask('a');
	expect([await ask('b'), await ask('B'), await ask('a')]).toEqual(['b 4', 'b 4', 'a 3']);
	expect(made()).toBe(4);
});

test('what cannot be made is told to all who ask, and made anew later', async () => {
	let now = 0;
	let fails = true;
	const make = async () => {
		if (fails) throw new Error('no');
		return 'made';
	};
	const ask = sparing(make, () => '', { times: 1, within: 1000, now: () => now });
	await expect(ask('')).rejects.toThrow('no');
	await expect(ask('')).rejects.toThrow('no');
	fails = false;
	now = 1000;
	expect(await ask('')).toBe('made');
});
