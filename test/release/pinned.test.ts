import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writePinned } from '../../build/release/pinned.ts';
import { checkout } from '../image/startForm.ts';
import { Directory } from '../real/directory.ts';
import { agreed, writeCheckout } from './checkouts.ts';

const directory = new Directory();
afterAll(() => directory[Symbol.dispose]());

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const image = `ghcr.io/somebody/registry-probe@${digest}`;

test('the one image is set by its digest, and nothing else changes', () => {
	const root = writeCheckout(directory, 'checkout', agreed);
	writePinned(root, image, directory.at('pinned'));
	expect(readFileSync(directory.at('pinned/manifests/base/kustomization.yaml'), 'utf8')).toBe(`# Says much.
resources:
  - namespace.yaml
# The image of this release, which is one for all platforms.
images:
  - name: registry-probe
    newName: ghcr.io/somebody/registry-probe
    digest: ${digest}
`);
	expect(readFileSync(directory.at('pinned/manifests/base/namespace.yaml'), 'utf8')).toBe('kind: Namespace\n');
});

test('all manifests of this checkout come along as they are, with the dashboards, but for the image', () => {
	writePinned(checkout, image, directory.at('all'));
	const names = globSync(['manifests/**/*', 'grafana/*'], { cwd: checkout, withFileTypes: true }).flatMap((each) =>
		each.isFile() ? [relative(checkout, join(each.parentPath, each.name))] : [],
	);
	expect(names).toContain('grafana/fleet.json');
	const linesOf = (root: string, name: string) => readFileSync(join(root, name), 'utf8').split('\n');
	const changed = names.filter((name) => linesOf(directory.at('all'), name).join() !== linesOf(checkout, name).join());
	expect(changed).toEqual(['manifests/base/kustomization.yaml']);
	const [name = ''] = changed;
	const before = linesOf(checkout, name);
	expect(linesOf(directory.at('all'), name).filter((line) => !before.includes(line))).toEqual([
		'# The image of this release, which is one for all platforms.',
		'    newName: ghcr.io/somebody/registry-probe',
		`    digest: ${digest}`,
	]);
});

test.each(['ghcr.io/somebody/registry-probe:1.2.0', `ghcr.io/a/b@sha256:12`, digest, ''])(
	'%j is no image by its digest',
	(wrong) => {
		expect(() => writePinned(checkout, wrong, directory.at('wrong'))).toThrow('is not an image by its digest');
		expect(existsSync(directory.at('wrong'))).toBe(false);
	},
);
