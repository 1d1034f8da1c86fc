import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { read } from '../docs/markdown.ts';
import {
	kustomizations,
	manifests,
	patchFiles,
	readKustomization,
	readManifest,
	readYaml,
	resourceFiles,
	yamlFiles,
} from './files.ts';
import { containersOf, podOf, standardLabels } from './manifest.ts';

const objects = kustomizations.flatMap(resourceFiles);
const patches = kustomizations.flatMap(patchFiles);

test('there are manifests', () => {
	expect(kustomizations).toContain('base');
	expect(objects.length).toBeGreaterThan(5);
	expect(patches.length).toBeGreaterThan(5);
});

test.each(yamlFiles)('%s is one document of YAML', (path) => {
	expect(readYaml(path)).toBeTypeOf('object');
});

describe.each(kustomizations)('%s', (directory) => {
	const { kind, resources = [], patches: own = [], configMapGenerator = [] } = readKustomization(directory);
	const listed = [...resources, ...own.map(({ path }) => path), ...configMapGenerator.flatMap(({ files }) => files)];

	test('names files that are there', () => {
		expect(listed.filter((path) => !existsSync(join(manifests, directory, path)))).toEqual([]);
	});

	test('names every file that is there', () => {
		const files = readdirSync(join(manifests, directory)).filter((name) => name.endsWith('.yaml'));
		expect(files.filter((name) => name !== 'kustomization.yaml' && !listed.includes(name))).toEqual([]);
	});

	test('is a component where it only adds to another', () => {
		expect(kind).toBe(directory.startsWith('components/') ? 'Component' : 'Kustomization');
	});

	test('is told of in docs/kubernetes.md', () => {
		const name = directory.replace('components/', '');
		expect(read('docs/kubernetes.md')).toMatch(new RegExp(`^\\| \`${name}\` \\|`, 'm'));
	});
});

test.each(objects)('%s has the standard labels', (path) => {
	const { metadata, spec } = readManifest(path);
	expect(metadata.labels).toMatchObject(standardLabels);
	expect(spec?.template?.metadata?.labels ?? standardLabels).toEqual(standardLabels);
});

test.each(patches)('%s changes an object of the base', (path) => {
	const { kind, metadata } = readManifest(path);
	const base = resourceFiles('base').map(readManifest);
	const named = base.filter((object) => object.kind === kind && object.metadata.name === metadata.name);
	expect(named.map((object) => object.metadata.namespace)).toEqual([metadata.namespace]);
});

test('the image is set in one place, with the version of the program', () => {
	const { version } = JSON.parse(read('package.json')) as { version: string };
	const set = kustomizations.flatMap((directory) => readKustomization(directory).images ?? []);
	expect(set).toEqual([{ name: 'registry-probe', newTag: version }]);
	const named = [...objects, ...patches].flatMap((path) => containersOf(podOf(readManifest(path))));
	expect(new Set(named.flatMap(({ image }) => image ?? []))).toEqual(new Set(['registry-probe']));
});
