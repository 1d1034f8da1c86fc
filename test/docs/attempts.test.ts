import { existsSync, readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { read } from './markdown.ts';

/** Rows of the table of attempts: who tries what, what keeps it from that, and the test. */
const attempts = [
	...read('docs/security.md').matchAll(/^\| ([^|]+) \| ([^|]+) \| [^|]+ \| `(test\/[\w/.]+)` (.+) \|$/gm),
].map(([, who = '', tries = '', file = '', titles = '']) => ({ who, tries, file, titles }));

test('there are more than ten attempts to steal a credential', () => {
	expect(attempts.length).toBeGreaterThan(10);
});

test.each(attempts)('that $who tries $tries is tested in $file', ({ file, titles }) => {
	expect(existsSync(file)).toBe(true);
	const source = readFileSync(file, 'utf8');
	// Titles of what registries say are keys of a list beside the test.
	const beside = file.endsWith('credentialEchoes.test.ts') ? readFileSync('test/hostile/echoes.ts', 'utf8') : '';
	const named = [...titles.matchAll(/"([^"]*)"/g)].map(([, title = '']) => title);
	expect(named.length).toBeGreaterThan(0);
	expect(named.filter((title) => !(source + beside).includes(title))).toEqual([]);
});
