import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutTo, padded, widthOf } from '../../src/views/terminal/width.ts';
import { wrap } from '../../src/views/terminal/wrap.ts';
import { aTargetOf } from './builders.ts';
import { greenPath } from './builders.ts';
import { checked, reportOf } from './terminalReports.ts';

test.each([
	['registry', 8],
	['\u955c\u50cf', 4],
	['\ud55c\uad6d', 4],
	['\uff41', 2],
	['e\u0301', 1],
	['\u{1f433}', 2],
	['\u2713\u2717\u2026', 3],
	['', 0],
])('%j takes %i columns', (text, columns) => {
	expect(widthOf(text)).toBe(columns);
});

test('wide characters fill a line sooner', () => {
	expect(wrap('\u955c\u50cf \u4ed3\u5e93 ok', 9)).toEqual(['\u955c\u50cf \u4ed3\u5e93', 'ok']);
});

test('columns of a report stand below each other beside wide names, too', () => {
	const lines = reportOf([
		checked(aTargetOf('\u955c\u50cf.example'), greenPath()),
		checked(aTargetOf('mirror.example'), greenPath()),
	]).split('\n');
	const columnOf = (line = '') => widthOf(line.slice(0, line.indexOf(' s ')));
	const rows = lines.filter((line) => line.includes(' s '));
	expect(rows).toHaveLength(2);
	expect(columnOf(rows[0])).toBe(columnOf(rows[1]));
});

test('a text that is cut or padded takes the columns that it was given', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), fc.nat(60), (text, columns) => {
			expect(widthOf(cutTo(text, columns))).toBeLessThanOrEqual(columns);
			expect(text.startsWith(cutTo(text, columns))).toBe(true);
			expect(widthOf(padded(text, columns))).toBe(Math.max(columns, widthOf(text)));
		}),
	);
});
