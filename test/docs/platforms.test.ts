import { expect, test } from 'vitest';

import { holdingsIn, lackingIn } from './holding.ts';
import { read } from './markdown.ts';

const verdicts = ['holds', 'does not hold', 'not tried'];
const rows = [...read('docs/platforms.md').matchAll(/^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)]
	.map(([, where = '', claim = '', verdict = '', why = '']) => ({ where, claim, verdict, why }))
	.filter(({ where }) => where !== 'where' && !where.startsWith('---'));
const holding = rows.filter(({ verdict }) => verdict === 'holds');
const held = holding.flatMap(({ claim, why }) => holdingsIn(why).map((each) => ({ claim, ...each })));

test('there are statements of each kind', () => {
	expect(rows.length).toBeGreaterThan(30);
	expect(new Set(rows.map(({ verdict }) => verdict))).toEqual(new Set(verdicts));
});

test('every row has four parts', () => {
	const lines = read('docs/platforms.md').match(/^\|.*$/gm) ?? [];
	expect(rows).toHaveLength(lines.length - 2);
});

test('what holds names its test, what does not says why', () => {
	expect(holding.filter(({ why }) => holdingsIn(why).length === 0)).toEqual([]);
	expect(rows.filter(({ verdict, why }) => verdict !== 'holds' && why.length < 20)).toEqual([]);
});

test.each(held)('$file, which holds "$claim", is there with its titles', (each) => {
	expect(lackingIn(each)).toEqual([]);
});
