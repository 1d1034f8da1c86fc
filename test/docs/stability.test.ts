import { describe, expect, test } from 'vitest';
import { read } from './markdown.ts';
import { propertiesOf } from './schemaNames.ts';
import { stableNames } from './stableNames.ts';

const text = read('docs/stability.md');
const names = read('docs/stable-names.txt').trimEnd().split('\n');

test('docs/stable-names.txt has every name that users hold on to: npm run docs', () => {
	expect(names).toEqual(stableNames());
	expect(new Set(names).size).toBe(names.length);
});

test.each([
	'command',
	'option',
	'exit',
	'path',
	'key',
	'reason',
	'stage',
	'metric',
	'record',
	'alert',
	'manifests',
	'json',
])('the list has names of the kind %s, and the policy says what becomes of them', (kind) => {
	expect(names.filter((name) => name.startsWith(`${kind} `)).length).toBeGreaterThan(2);
	expect(text).toContain(`| \`${kind}\` |`);
});

test('every command has exit codes in the list', () => {
	const commands = names.flatMap((name) => (name.startsWith('command ') ? [name.slice('command '.length)] : []));
	expect(commands.length).toBeGreaterThan(5);
	expect(commands.filter((command) => !names.includes(`exit ${command} 0`))).toEqual([]);
});

describe('the properties of a schema', () => {
	test('are found through references, lists and choices, and what may be absent is marked', () => {
		const schema = {
			required: ['a'],
			properties: { a: { $ref: '#/$defs/one' }, b: { items: { $ref: '#/$defs/one' } } },
			$defs: { one: { required: ['c'], properties: { c: {}, d: { oneOf: [{ properties: { e: {} } }, {}] } } } },
		};
		expect(propertiesOf(schema)).toEqual(['a', 'a.c', 'a.d?', 'a.d?.e?', 'b?', 'b?[].c', 'b?[].d?', 'b?[].d?.e?']);
	});

	test('end where a schema leads back to itself', () => {
		const schema = { $ref: '#/$defs/node', $defs: { node: { properties: { next: { $ref: '#/$defs/node' } } } } };
		expect(propertiesOf(schema)).toEqual(['next?']);
	});
});
