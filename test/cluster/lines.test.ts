import fc from 'fast-check';
import { expect, test } from 'vitest';

import { Lines } from '../../src/cluster/lines.ts';
import { pieces } from './pieces.ts';

test('lines are whole, wherever they are cut', () => {
	const any = fc.array(fc.string().map((text) => text.replaceAll('\n', '')));
	fc.assert(
		fc.property(any, fc.infiniteStream(fc.nat(9)), (lines, lengths) => {
			const reader = new Lines(1000);
			const read = pieces(lines.map((line) => `${line}\n`).join(''), lengths).flatMap((part) => reader.push(part));
			expect(read).toEqual(lines.filter((line) => line !== ''));
		}),
	);
});

test('a line that has not ended is none', () => {
	expect(new Lines(10).push('abc')).toEqual([]);
});

test('a line that is too long is passed over, in one piece or in many', () => {
	const reader = new Lines(3);
	expect(reader.push('abcd\nabc\n')).toEqual(['abc']);
	expect(['a', 'b', 'c', 'd', '\nxyz\n'].flatMap((part) => reader.push(part))).toEqual(['xyz']);
});
