import { globSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';

const documents = ['README.md', ...globSync('docs/*.md')].map((file) => readFileSync(file, 'utf8')).join('\n');

describe.each(globSync('docs/pictures/*.png').map((file) => [basename(file), file] as const))('%s', (name, file) => {
	test('is small enough for a repository', () => {
		expect(statSync(file).size).toBeLessThan(200_000);
	});

	test('is shown somewhere, with words for those who do not see it', () => {
		const words = [...documents.matchAll(/!\[([^\]]*)\]\(([^)\s]*)/g)].flatMap(([, said = '', target = '']) =>
			target.endsWith(`pictures/${name}`) ? [said] : [],
		);
		expect(words.length).toBeGreaterThan(0);
		expect(Math.min(...words.map(({ length }) => length))).toBeGreaterThan(20);
	});
});
