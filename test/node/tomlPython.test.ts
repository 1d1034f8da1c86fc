import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { TomlTable } from '../../src/node/toml.ts';
import { type Plain, attempt, plainTable, soup } from './plainToml.ts';

/** Python's own reader, from 3.11 on; other versions cannot be asked. */
const python =
	'import sys, json, tomllib\nout = []\nfor text in json.load(sys.stdin):\n  try: out.append([tomllib.loads(text)])\n  except ValueError: out.append(None)\nprint(json.dumps(out, default=str))';
const asked = spawnSync('python3', ['-c', python], { input: '[]', encoding: 'utf8' });

const skipped = asked.status !== 0 && process.env['CI'] !== 'true';

test.skipIf(skipped)('another reader reads the same (skipped without Python 3.11)', () => {
	const line = fc.constantFrom(
		'[a]',
		'[a.b]',
		'[[c]]',
		'[c.d]',
		'["x.y"]',
		'k = 1',
		'k.l = "v"',
		"m = '''x\ny'''",
		'n = [1, "x", []]',
		'o = { p = 1 }',
		'o.q = 2',
		'r = 1 # c',
		'a = 1',
		's = 0o17',
		't = +1',
		'u = 01',
		'[e',
		'v = "\\x41"',
		'w = "\\U0001F600"',
		'x = [1,]',
		'y = {z = 1,}',
	);
	const texts = fc.sample(
		fc.oneof(
			fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n')),
			soup,
		),
		{ numRuns: 2000, seed: 20261121 },
	);
	const answer = spawnSync('python3', ['-c', python], {
		input: JSON.stringify(texts),
		encoding: 'utf8',
		maxBuffer: 2 ** 26,
	});
	const others = JSON.parse(answer.stdout) as ([Plain] | null)[];
	const ours = texts.map((text) => {
		const result = attempt(text);
		return result instanceof Map ? [plainTable(result as TomlTable)] : null;
	});
	const differing = texts.flatMap((text, index) =>
		JSON.stringify(sorted(ours[index])) === JSON.stringify(sorted(others[index]))
			? []
			: [[text, ours[index], others[index]]],
	);
	expect(differing).toEqual([]);
	expect(others.filter((other) => other !== null).length).toBeGreaterThan(100);
});

const sorted = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.toSorted(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, each]) => [name, sorted(each)] as const),
	);
};
