import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { InvalidToml, type TomlTable, type TomlValue, readToml, readTomlDocument } from '../../src/node/toml.ts';
import { type Plain, attempt, plain, plainTable, soup } from './plainToml.ts';

const read = (text: string) => plainTable(readToml(text));

describe('values', () => {
	test.each<[string, Plain]>([
		['a = "x\\ty\\u00e9"', { a: 'x\tyé' }],
		["a = 'C:\\x'", { a: 'C:\\x' }],
		['a = """\none\\\n   two"""', { a: 'onetwo' }],
		['a = [1, 0x10, 1_000, -3.5e1]', { a: [1, 16, 1000, -35] }],
		['a = true\nb = false', { a: true, b: false }],
		['a = 2026-11-21T00:00:00Z\nb = 07:00:00', { a: '2026-11-21T00:00:00Z', b: '07:00:00' }],
		['a = { b.c = 1, d = [{ e = 2 }] }', { a: { b: { c: 1 }, d: [{ e: 2 }] } }],
		['[a."b.c".\'d\']\ne = 1', { a: { 'b.c': { d: { e: 1 } } } }],
		['a.b = 1\na.c = 2', { a: { b: 1, c: 2 } }],
		['[[a]]\nb = 1\n[[a]]\n[a.c]\nd = 2\n[[a.e]]\nf = 3', { a: [{ b: 1 }, { c: { d: 2 }, e: [{ f: 3 }] }] }],
		['"__proto__" = 1', JSON.parse('{"__proto__":1}') as Plain],
		['', {}],
		['# nothing\r\n\r\n', {}],
	])('%j', (text, expected) => {
		expect(read(text)).toEqual(expected);
	});
});

describe('what is no TOML', () => {
	test.each([
		['a = 1\na = 2', 2],
		['[a]\n[a]', 2],
		['a = { b = 1 }\n[a.c]', 2],
		['\n\na = ', 3],
		['a = 1 b = 2', 1],
		['a = "\u0000"', 1],
		['\uFEFFa = 1', 1],
		['a = 1\n# \r', 2],
		['[a', 1],
		[`a = ${'['.repeat(50_000)}`, 1],
		[`a${'.a'.repeat(100_000)}.`, 1],
		['#'.repeat(256 * 1024 + 1), 1],
	])('no. %#', (text, line) => {
		const failure = attempt(text);
		expect(failure).toBeInstanceOf(InvalidToml);
		expect((failure as InvalidToml).line).toBe(line);
	});
});

test('keys and headers keep their order and lines', () => {
	const { top, headers } = readTomlDocument('z = 1\n[b]\n\ny = [\n1,\n2]\n[[a.x]]\n[b.c] # again\nk = 1\n');
	expect([...top].map(([key, { line }]) => [key, line])).toEqual([
		['z', 1],
		['b', 2],
		['a', 7],
	]);
	const b = top.get('b')?.value as TomlTable;
	expect([...b].map(([key, { line }]) => [key, line])).toEqual([
		['y', 4],
		['c', 8],
	]);
	expect((b.get('y')?.value as TomlValue[] | undefined)?.map(({ line }) => line)).toEqual([5, 6]);
	expect(headers).toEqual([
		{ keys: ['b'], array: false, line: 2 },
		{ keys: ['a', 'x'], array: true, line: 7 },
		{ keys: ['b', 'c'], array: false, line: 8 },
	]);
});

const key = fc.oneof(fc.constantFrom('host', 'a', 'b.c', '', 'é', 'docker.io', '"'), fc.string({ maxLength: 5 }));
const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 3 }));
const entries = <T>(value: fc.Arbitrary<T>) =>
	fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, maxLength: 5 });

/** JSON's texts are TOML's but for DEL, and for lone surrogates that no file can hold. */
const quote = (text: string) => JSON.stringify(text.toWellFormed()).replaceAll('\u007F', '\\u007F');
const write = (value: unknown): string => {
	if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
	return typeof value === 'string' ? quote(value) : String(value);
};

test('what another writer wrote is read as it was meant, each key on its line', () => {
	fc.assert(
		fc.property(entries(entries(leaf)), (tables) => {
			const unique = new Map(
				tables.map(([name, rows]) => [name.toWellFormed(), new Map(rows.map(([k, v]) => [k.toWellFormed(), v]))]),
			);
			const lines: string[] = [];
			const expected: (readonly [string, number, unknown])[] = [];
			for (const [name, rows] of unique) {
				lines.push(`[${quote(name)}]`);
				for (const [row, value] of rows) {
					lines.push(`${quote(row)} = ${write(value)}`);
					expected.push([row, lines.length, value]);
				}
			}
			const top = readToml(lines.join('\n'));
			const found = [...top.values()].flatMap(({ value }) => [...(value as TomlTable)]);
			expect([...top.keys()]).toEqual([...unique.keys()]);
			const wellFormed = (value: unknown) =>
				JSON.parse(JSON.stringify(value), (_, each: unknown) =>
					typeof each === 'string' ? each.toWellFormed() : each,
				) as unknown;
			expect(found.map(([row, value]) => [row, value.line, plain(value)])).toEqual(
				expected.map(([row, line, value]) => [row, line, wellFormed(value)]),
			);
		}),
	);
});

test('any text is read or is InvalidToml', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string({ unit: 'binary' }), soup), (text) => {
			const result = attempt(text);
			expect(result instanceof Map || result instanceof InvalidToml).toBe(true);
		}),
	);
});
