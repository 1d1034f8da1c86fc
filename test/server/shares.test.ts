import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neighbourOf } from '../../src/server/neighbour.ts';
import { type GiveBack, Shares } from '../../src/server/shares.ts';

test.each([
	['192.0.2.7', '192.0.2.7'],
	['::ffff:192.0.2.7', '192.0.2.7'],
	['::FFFF:192.0.2.7', '192.0.2.7'],
	['2001:db8:1:2::7', '2001:db8:1:2::/64'],
	['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
	['2001:db8::1', '2001:db8:0:0::/64'],
	['fe80::1%eth0', 'fe80:0:0:0::/64'],
	['::1', '0:0:0:0::/64'],
	['', ''],
])('%s belongs to %s', (address, neighbour) => {
	expect(neighbourOf(address)).toBe(neighbour);
});

test('two addresses of one /64 are one neighbour, of two they are two', () => {
	expect(neighbourOf('2001:db8:1:2:ffff::1')).toBe(neighbourOf('2001:db8:1:2::2'));
	expect(neighbourOf('2001:db8:1:3::1')).not.toBe(neighbourOf('2001:db8:1:2::1'));
});

/** Shares, and what each neighbour holds of them. */
function aDivision(all: number, each: number) {
	const shares = new Shares({ all, each });
	const held = new Map<string, GiveBack[]>();
	const of = (neighbour: string) => held.get(neighbour) ?? [];
	const take = (neighbour: string): boolean => {
		const giveBack = shares.take(neighbour, () => held.set(neighbour, of(neighbour).slice(1)));
		if (giveBack) held.set(neighbour, [...of(neighbour), giveBack]);
		return giveBack !== undefined;
	};
	const giveBack = (neighbour: string) => {
		const [first, ...rest] = of(neighbour);
		first?.();
		held.set(neighbour, rest);
	};
	return { take, giveBack, held: (neighbour: string) => of(neighbour).length };
}

test('one neighbour gets no more than a share', () => {
	const { take, held } = aDivision(8, 3);
	expect([take('a'), take('a'), take('a'), take('a')]).toEqual([true, true, true, false]);
	expect(held('a')).toBe(3);
});

test('when all is taken, the greediest gives up for whoever has fewer', () => {
	const { take, held } = aDivision(6, 6);
	for (let times = 0; times < 5; times += 1) take('a');
	take('b');
	expect([take('c'), take('c'), take('c')]).toEqual([true, true, false]);
	expect([held('a'), held('b'), held('c')]).toEqual([3, 1, 2]);
});

test('somebody who comes again and again gains nothing by it', () => {
	const { take, held } = aDivision(4, 4);
	for (let times = 0; times < 100; times += 1) {
		take('a');
		take('b');
	}
	expect([held('a'), held('b')]).toEqual([2, 2]);
	expect(take('c')).toBe(true);
});

test('what is given back twice is given back once', () => {
	const shares = new Shares({ all: 2, each: 2 });
	const giveBack = shares.take('a', () => {});
	shares.take('a', () => {});
	giveBack?.();
	giveBack?.();
	expect([shares.take('a', () => {}), shares.take('a', () => {})].map((taken) => taken !== undefined)).toEqual([
		true,
		false,
	]);
});

test('whatever is taken and given back, nobody holds more than a share, and all comes back', () => {
	const names = ['a', 'b', 'c'];
	const step = fc.record({ neighbour: fc.constantFrom(...names), takes: fc.boolean() });
	fc.assert(
		fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
			const { take, giveBack, held } = aDivision(5, 3);
			for (const { neighbour, takes } of steps) {
				if (takes) take(neighbour);
				else giveBack(neighbour);
				const all = names.map(held);
				expect(Math.max(...all)).toBeLessThanOrEqual(3);
				expect(all.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(5);
			}
			for (const name of names) while (held(name) > 0) giveBack(name);
			expect(['a', 'a', 'a', 'b', 'b'].map(take)).toEqual([true, true, true, true, true]);
		}),
	);
});
