import { expect, test } from 'vitest';

import { readYaml } from '../../src/node/yaml.ts';
import { timeOf } from '../processorTime.ts';

test.each([
	['a: 1\nb: 2\na: 3\n', 3],
	['outer:\n  a: 1\n  "a": 2\n', 3],
	['{"a": 1, "a": 2}', 1],
])('%j holds a key twice, and is none', (text, line) => {
	expect(readYaml(text)).toEqual({ line, why: 'it is no YAML (DUPLICATE_KEY)' });
});

test('the same key may stand in two maps', () => {
	const lined = (line: number, value: unknown) => ({ line, value });
	const inner = (line: number) => lined(line, new Map([['a', lined(line, line)]]));
	expect(readYaml('one: { a: 1 }\ntwo: { a: 2 }\n')).toEqual(
		lined(
			1,
			new Map([
				['one', inner(1)],
				['two', inner(2)],
			]),
		),
	);
});

test('many keys take a moment', () => {
	const text = Array.from({ length: 10_000 }, (_, index) => `key${index}: 1\n`).join('');
	expect(timeOf(() => expect(readYaml(text)).toHaveProperty('value.size', 10_000))).toBeLessThan(2000);
});
