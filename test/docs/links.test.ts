import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documents, leadsSomewhere, read } from './markdown.ts';

/** What leads from elsewhere into the documents: comments of manifests and workflows, links of alerts, words of the program. */
const sources = globSync(['manifests/**/*.yaml', '.github/**/*.yml', 'src/**/*.ts', 'build/**/*.ts', 'Dockerfile']);
const named = sources.flatMap((file) =>
	[...readFileSync(file, 'utf8').matchAll(/(?<![\w/.])docs\/[\w-]+\.md(?:#[\w-]+)?(?![\w{$])/g)].map(
		([target]) => [file, target] as const,
	),
);

test('places are found', () => {
	expect(named.length).toBeGreaterThan(20);
});

test('every document and heading that a source names is there', () => {
	const broken = named.filter(([, target]) => !leadsSomewhere('README.md', target));
	expect(broken.map((pair) => pair.join(': '))).toEqual([]);
});

test('the index of the book leads to every document', () => {
	const index = read('docs/README.md');
	const missing = documents().filter((document) => {
		const target = document.startsWith('docs/') ? document.slice('docs/'.length) : `../${document}`;
		return !['docs/README.md', 'README.md'].includes(document) && !index.includes(`](${target}`);
	});
	expect(missing).toEqual([]);
});

test('README is short enough to be read at once', () => {
	const lines = read('README.md')
		.split('\n')
		.filter((line) => !/^\[[\w-]+\]: /.test(line));
	expect(lines.length).toBeLessThan(80);
});

test.each([
	'What may it read on my nodes?',
	'What does it send to Docker Hub?',
	'What does it cost?',
	'Which alert wakes me?',
	'How do I remove it?',
])('README and index lead to an answer in one click: %s', (question) => {
	const rows = ['README.md', 'docs/README.md'].map((document) =>
		read(document)
			.split('\n')
			.find((line) => line.startsWith(`| ${question} |`)),
	);
	for (const row of rows) expect(row).toMatch(/\]\([\w/.-]+\.md#[\w-]+\)/);
});
