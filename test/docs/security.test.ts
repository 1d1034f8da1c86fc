import { existsSync, readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { components } from '../kubernetes/variants.ts';
import { patchFiles, readManifest, resourceFiles } from '../manifests/files.ts';
import { podOf } from '../manifests/manifest.ts';
import { read } from './markdown.ts';

const text = read('docs/security.md');
/** Rows of tables whose second column says what holds the first. */
const rows = [...text.matchAll(/^\| ([^|]+) \| (`test\/[^|]+) \|$/gm)].map(([, claim = '', held = '']) => ({
	claim,
	held,
}));
/** Files, each with the titles that stand behind it. */
const held = rows.flatMap(({ claim, held: cell }) =>
	[...cell.matchAll(/`(test\/[\w/.]+)`((?:,? "[^"]*")*)/g)].map(([, file = '', titles = '']) => ({
		claim,
		file,
		titles: [...titles.matchAll(/"([^"]*)"/g)].map(([, title = '']) => title),
	})),
);

test('there are statements', () => {
	expect(rows.length).toBeGreaterThan(20);
});

test('every statement names its test', () => {
	const claims = [...text.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)].map(([, claim = '']) => claim);
	const others = claims.filter((claim) => claim !== 'holds' && !claim.startsWith('---'));
	expect(others).toEqual(rows.map(({ claim }) => claim));
});

test.each(held)('$file, which holds "$claim", is there with its titles', ({ file, titles }) => {
	expect(existsSync(file)).toBe(true);
	const source = readFileSync(file, 'utf8');
	expect(titles.length).toBeGreaterThan(0);
	expect(titles.filter((title) => !source.includes(title))).toEqual([]);
});

const givesRights = components.filter((component) => {
	const roles = resourceFiles(component).filter((path) => readManifest(path).kind.endsWith('Role'));
	const users = patchFiles(component).filter((path) => podOf(readManifest(path)).securityContext?.['runAsUser'] === 0);
	return roles.length + users.length > 0;
});

test.each(givesRights)('%s is told with its price', (component) => {
	expect(text).toContain(`| \`${component.replace('components/', '')}\` |`);
});
