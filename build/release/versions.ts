import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readLock } from '../lock.ts';
import { entryOf } from './changelog.ts';

/** Of a version (https://semver.org), without the part for builds, which no image could carry in its tag. */
const form = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z.-]+)?$/;

/**
 * What keeps the checkout in `root` from being released under this tag, each in a sentence: places that name another
 * version, and a changelog that has no date for it. Empty when nothing does.
 */
export function releaseFaults(root: string, tag: string): readonly string[] {
	const read = (name: string) => readFileSync(join(root, name), 'utf8');
	const version = tag.replace(/^v/, '');
	if (!tag.startsWith('v') || !form.test(version)) return [`${tag} is not a tag of a version, such as v1.2.3`];
	const lock = readLock(root)[''];
	const places: readonly (readonly [string, string | undefined])[] = [
		['package.json', (JSON.parse(read('package.json')) as { readonly version?: string }).version],
		['package-lock.json', lock?.version],
		['Dockerfile', /^ARG VERSION=(\S+)$/m.exec(read('Dockerfile'))?.[1]],
		['manifests/base/kustomization.yaml', tagIn(read('manifests/base/kustomization.yaml'))],
	];
	const others = places.filter(([, named]) => named !== version);
	return [
		...others.map(([place, named]) => `${place} says ${named ?? 'no version'}, not ${version}`),
		...changelogFaults(read('CHANGELOG.md'), version),
	];
}

function changelogFaults(changelog: string, version: string): readonly string[] {
	const entry = entryOf(changelog, version);
	if (!entry) return [`CHANGELOG.md has no heading for ${version}`];
	if (entry.date === undefined) return [`CHANGELOG.md has no date for ${version}`];
	return entry.text === '' ? [`CHANGELOG.md says nothing of ${version}`] : [];
}

/** The tag of the image in a kustomization. */
function tagIn(kustomization: string): string | undefined {
	const { images = [] } = parse(kustomization) as { readonly images?: readonly { readonly newTag?: string }[] };
	return images[0]?.newTag;
}
