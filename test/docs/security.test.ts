import { expect, test } from 'vitest';

import { components } from '../kubernetes/variants.ts';
import { patchFiles, readManifest, resourceFiles } from '../manifests/files.ts';
import { podOf } from '../manifests/manifest.ts';
import { regionOf } from '../../build/docs/regions.ts';
import { holdingsIn, lackingIn } from './holding.ts';
import { read } from './markdown.ts';
import { rightsTable } from './rightsTable.ts';

const text = read('docs/security.md');
/** Rows of tables whose second column says what holds the first. */
const rows = [...text.matchAll(/^\| ([^|]+) \| (`test\/[^|]+) \|$/gm)].map(([, claim = '', held = '']) => ({
	claim,
	held,
}));
const held = rows.flatMap(({ claim, held: cell }) => holdingsIn(cell).map((holding) => ({ claim, ...holding })));

test('there are statements', () => {
	expect(rows.length).toBeGreaterThan(20);
});

test('every statement names its test', () => {
	const claims = [...text.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)].map(([, claim = '']) => claim);
	const others = claims.filter((claim) => claim !== 'holds' && !claim.startsWith('---'));
	expect(others).toEqual(rows.map(({ claim }) => claim));
});

test.each(held)('$file, which holds "$claim", is there with its titles', (holding) => {
	expect(lackingIn(holding)).toEqual([]);
});

const givesRights = components.filter((component) => {
	const roles = resourceFiles(component).filter((path) => readManifest(path).kind.endsWith('Role'));
	const users = patchFiles(component).filter((path) => podOf(readManifest(path)).securityContext?.['runAsUser'] === 0);
	return roles.length + users.length > 0;
});

test.each(givesRights)('%s is told with its price', (component) => {
	expect(text).toContain(`| \`${component.replace('components/', '')}\` |`);
});

test('the table of rights says what the manifests say: npm run docs', () => {
	const written = regionOf(text, 'rights');
	expect(written).toBe(rightsTable());
	expect(written).toContain('| `discovery` | `list`, `watch` pods everywhere; `get` nodes everywhere | – |');
});
