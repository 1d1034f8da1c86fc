import { expect, test } from 'vitest';

import { Picture } from '../../src/cluster/picture.ts';

interface Thing {
	readonly uid: string;
	readonly value: number;
}

const thing = (uid: string, value = 0): Thing => ({ uid, value });

test('tells whether anything changed', () => {
	const picture = new Picture<Thing>(10);
	expect(picture.replace([thing('a')], true)).toBe(true);
	expect(picture.replace([thing('a')], true)).toBe(false);
	expect(picture.put(thing('a'))).toBe(false);
	expect(picture.put(thing('a', 1))).toBe(true);
	expect(picture.remove('b')).toBe(false);
	expect(picture.remove('a')).toBe(true);
	expect(picture.objects).toEqual([]);
});

test('what a list does not hold is gone', () => {
	const picture = new Picture<Thing>(10);
	picture.replace([thing('a'), thing('b')], true);
	picture.replace([thing('b'), thing('c')], true);
	expect(picture.objects).toEqual([thing('b'), thing('c')]);
});

test('no more are looked at than may be, and that some were left out is known', () => {
	const picture = new Picture<Thing>(2);
	picture.replace([thing('a')], true);
	expect(picture.incomplete).toBe(false);
	picture.put(thing('b'));
	expect(picture.put(thing('c'))).toBe(false);
	expect(picture.put(thing('b', 1))).toBe(true);
	expect(picture.objects).toEqual([thing('a'), thing('b', 1)]);
	expect(picture.incomplete).toBe(true);
	picture.replace([thing('a'), thing('b'), thing('c')], true);
	expect(picture.objects).toHaveLength(2);
	expect(picture.incomplete).toBe(true);
	picture.replace([thing('a')], true);
	expect(picture.incomplete).toBe(false);
});
