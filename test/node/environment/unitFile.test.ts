import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseUnitFile } from '../../../src/node/environment/unitFile.ts';
import { readWords } from '../../../src/node/environment/words.ts';

const settings = (text: string) =>
	parseUnitFile(text).settings.map(({ section, key, value, line }) => `${line} [${section}] ${key}=${value}`);

describe('a unit file', () => {
	test.each<[string, string, string[]]>([
		['takes keys of several sections', '[A]\nx=1\n[B]\ny=2\n[A]\nz=3', ['2 [A] x=1', '4 [B] y=2', '6 [A] z=3']],
		['trims around key and value', '[A]\n  x =  1 2\t\n', ['2 [A] x=1 2']],
		['passes over comments and what is no setting', '[A]\n#x=1\n ;y=2\nz\n=5\n', []],
		['passes over what stands before the first section', 'x=1\n[A]\ny=2', ['3 [A] y=2']],
		['joins continued lines by a space', '[A]\nx=1 \\\n  2\\\n3\ny=4', ['2 [A] x=1  2 3', '5 [A] y=4']],
		['lets comments stand between continued lines', '[A]\nx=1 \\\n# no\n;no\n2', ['2 [A] x=1  2']],
		['goes on after an empty continued line', '[A]\nx=1\\\n\\\n2', ['2 [A] x=1  2']],
		['keeps an escaped backslash at the end', '[A]\nx=1\\\\\ny=2', ['2 [A] x=1\\\\', '3 [A] y=2']],
		['ends with the file although it would go on', '[A]\nx=1\\', ['2 [A] x=1']],
		['may begin with a byte order mark', '\uFEFF[A]\nx=1', ['2 [A] x=1']],
		['may end its lines as Windows does', '[A]\r\nx=1\r\n', ['2 [A] x=1']],
		['has no continuation of comments', '[A]\n# a \\\nx=1', ['3 [A] x=1']],
		['may have an empty value', '[A]\nx=', ['2 [A] x=']],
	])('%s', (_name, text, expected) => {
		expect(settings(text)).toEqual(expected);
	});

	test('is not read on from a section without its closing bracket', () => {
		expect(parseUnitFile('[A]\nx=1\n[B\ny=2')).toMatchObject({ settings: [{ key: 'x' }], brokenAt: 3 });
	});

	test('is read to its end, whatever it holds', () => {
		const pieces = fc.array(fc.constantFrom('[', ']', 'a', '=', '\\', '\n', '\r', '#', ';', ' ', '"'));
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), pieces), (some) => {
				const text = typeof some === 'string' ? some : some.join('');
				const lines = text.split(/\r\n|\n|\r/).length;
				for (const { line } of parseUnitFile(text).settings) expect(line).toBeLessThanOrEqual(lines);
			}),
		);
	});
});

describe('words', () => {
	test.each<[string, string[]]>([
		['a  b\tc', ['a', 'b', 'c']],
		['"a b" \'c d\'', ['a b', 'c d']],
		['a"b c"d', ['ab cd']],
		['"x"y"z"', ['xyz']],
		["it''s", ['its']],
		['""', ['']],
		['', []],
		[String.raw`a\x41b \101 \u00e9 \U0001f600`, ['aAb', 'A', 'é', '😀']],
		[String.raw`"a\"b" 'c\'d' e\ f`.replace('\\ ', String.raw`\s`), ['a"b', "c'd", 'e f']],
		[String.raw`a\tb\\c`, ['a\tb\\c']],
		['$x ${y} %z', ['$x', '${y}', '%z']],
	])('of %j', (text, words) => {
		expect(readWords(text)).toEqual({ words, broken: false });
	});

	test.each<[string, string[]]>([
		['a "b', ['a']],
		["a 'b", ['a']],
		[String.raw`a b\q c`, ['a']],
		[String.raw`a b\ c`, ['a']],
		[String.raw`a \x4`, ['a']],
		[String.raw`a \x00`, ['a']],
		[String.raw`a \U00110000`, ['a']],
		['a\\', []],
	])('break off in %j', (text, words) => {
		expect(readWords(text)).toEqual({ words, broken: true });
	});

	test('are never longer than the text that they came from', () => {
		const pieces = fc.array(fc.constantFrom('a', '"', "'", '\\', 'x4', 'u00', '1', ' ', 'n', 'é'));
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), pieces), (some) => {
				const text = typeof some === 'string' ? some : some.join('');
				expect(readWords(text).words.join('').length).toBeLessThanOrEqual(text.length);
			}),
		);
	});
});
