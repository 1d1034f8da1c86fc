import { afterAll, beforeAll, expect, test } from 'vitest';

import { Folder } from './folder.ts';

let folder: Folder;

beforeAll(async () => {
	folder = await Folder.make();
});

afterAll(() => folder[Symbol.asyncDispose]());

test.each([
	['a: [1, 2', 'not YAML'],
	['a: "x', 'not YAML: Missing closing "quote'],
	['a:\n\tb: 1', 'not YAML: Tabs are not allowed as indentation; indent with spaces'],
	['a: !thing x', 'not YAML: Unresolved tag; remove the tag'],
	['a: !thing!', 'not YAML: Unresolved tag; remove the tag'],
	['%thing\n---\na: 1', 'not YAML: A directive that is not known; remove the line that begins with %'],
	['%YAML thing\n---\na: 1', 'not YAML: A directive that is not known; remove the line that begins with %'],
	['a: "\\q"', 'not YAML: Invalid escape sequence; use single quotes'],
	['a: &b: 1', 'not YAML: Unresolved alias; put the value in quotes'],
	['a: |x', 'not YAML: Something stands where nothing can; check this line'],
	['a: 1\n---\nb: 2', 'keep one document'],
	["x: { 'a:b': *c }", 'x.(a key): names an anchor that does not stand above; put the value in quotes'],
	['credentials: { ab: *c }', 'credentials.(a key): names an anchor'],
	['a: *b', 'a: names an anchor that does not stand above; put the value in quotes'],
	[`a: ${'['.repeat(100_000)}`, 'YAML'],
])('%.20j is not YAML', async (yaml, wrong) => {
	expect((await folder.faults(yaml)).join('\n')).toContain(wrong);
});

test('what repeats itself without end is cut', async () => {
	const doubled = Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`);
	expect(await folder.faults(`a0: &a0 [x]\n${doubled.join('\n')}`)).toContainEqual(
		expect.stringContaining('the file holds too many values; repeat less'),
	);
	expect(await folder.faults('registries: &r\n  - *r')).toContainEqual(expect.stringContaining('too many values'));
});
