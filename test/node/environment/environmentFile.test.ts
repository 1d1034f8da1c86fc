import fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseEnvironmentFile } from '../../../src/node/environment/environmentFile.ts';

const pairs = (text: string) => parseEnvironmentFile(text).map(({ name, value }) => `${name}=${value}`);

/** Each text with what load_env_file() of systemd 252 made of it. */
const recorded: readonly (readonly [text: string, variables: readonly string[]])[] = [
	['A=1\nB=2', ['A=1', 'B=2']],
	[' A = spaced value  \n', ['A=spaced value']],
	['A="quoted" tail\n', ['A=quotedtail']],
	["A='single ''two'\n", ['A=single two']],
	['A="multi\nline"\nB=1\n', ['A=multi\nline', 'B=1']],
	['A=con\\\ntinued\n', ['A=continued']],
	['A=back\\slash\\\\ \\"q\\"\n', ['A=backslash\\ "q"']],
	['A="esc \\" \\\\ \\$ \\` \\n"\n', ['A=esc " \\ $ ` \\n']],
	['# c\n; d\nA=1\n', ['A=1']],
	['A\nB=1\n', ['B=1']],
	['export A=1\n', ['export A=1']],
	['A=\nB=\n', ['A=', 'B=']],
	['A=1 # not comment\n', ['A=1 # not comment']],
	['A=x"y"z\n', ['A=x"y"z']],
	['A="x"y"z"\n', ['A=xy"z"']],
	["A='un\nterminated", ['A=un\nterminated']],
	['A=trail\\', ['A=trail']],
	['A=1\r\nB=2\r\n', ['A=1', 'B=2']],
	['A=a=b=c\n', ['A=a=b=c']],
	['=1\nB=2\n', ['B=2']],
	['A=http://user:p%40ss@proxy:3128\n', ['A=http://user:p%40ss@proxy:3128']],
	['A=$B ${C}\n', ['A=$B ${C}']],
	['\uFEFFA=1\n', ['\uFEFFA=1']],
	['A="line\\\ncontinued"\n', ['A=linecontinued']],
	['A= "q" \n', ['A=q']],
	['A=\\ x\n', ['A= x']],
	['A=x \\ \n', ['A=x  ']],
	['A B=1\n', ['A B=1']],
	['A=x\ty\t\n', ['A=x\ty']],
	['A=\\\nB=2\n', ['A=B=2']],
	["A='a'\\''b'\n", ["A=a''b'"]],
	['A=\'x\' "y" z\n', ['A=xyz']],
	['A="x\\', ['A=x']],
	['A=1;B=2\n', ['A=1;B=2']],
];

test.each(recorded)('%j is read as systemd reads it', (text, expected) => {
	expect(pairs(text)).toEqual(expected);
});

test('a backslash at the end of a comment does not swallow the next line, as since systemd 254', () => {
	expect(pairs('#c \\\nA=1\n')).toEqual(['A=1']);
});

test('lines are counted, where a value begins', () => {
	const text = '# one\n\nA="two\nlines"\nB=con\\\ntinued\r\nC=1\n';
	expect(parseEnvironmentFile(text).map(({ name, line }) => [name, line])).toEqual([
		['A', 3],
		['B', 5],
		['C', 7],
	]);
});

test('any text ends in assignments that are no longer than it', () => {
	const pieces = fc.array(fc.constantFrom('A', '=', '"', "'", '\\', '\n', '\r', ' ', '#', ';', 'é'));
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		pieces.map((parts) => parts.join('')),
	);
	fc.assert(
		fc.property(text, (some) => {
			const found = parseEnvironmentFile(some);
			expect(found.reduce((sum, { name, value }) => sum + name.length + value.length, 0)).toBeLessThanOrEqual(
				some.length,
			);
		}),
	);
});

test('a plain value that is quoted for a shell comes back as it was', () => {
	fc.assert(
		fc.property(fc.string(), (value) => {
			expect(pairs(`A='${value.replaceAll("'", '')}'`)).toEqual([`A=${value.replaceAll("'", '')}`]);
		}),
	);
});
