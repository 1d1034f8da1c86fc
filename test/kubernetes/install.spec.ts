import { beforeAll, describe, expect, inject, test } from 'vitest';
import { podOf, standardLabels, type Manifest } from '../manifests/manifest.ts';
import { optedIn } from './install.ts';
import { build, kubectl, objectsIn } from './kubectl.ts';
import { titleOf, variants } from './variants.ts';

const access = inject('access');

const nameOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

describe.each(variants.map((variant) => ({ title: titleOf(variant), ...variant })))('$title', (variant) => {
	let yaml: string;
	let objects: readonly Manifest[];

	beforeAll(async () => {
		yaml = await build(access, variant.directory, variant.components);
		objects = objectsIn(yaml);
	});

	test('is taken by the API server, to the letter and without a warning', async () => {
		const namespace = variant.directory === 'pull-secrets' ? ['--namespace', optedIn] : [];
		const apply = ['apply', '--dry-run=server', '--validate=strict', ...namespace, '--filename', '-'];
		const { stdout, stderr } = await kubectl(access, apply, yaml);
		expect(stderr).toBe('');
		expect(stdout.trim().split('\n')).toHaveLength(objects.length);
	});

	test('has the standard labels on every object', () => {
		for (const { metadata } of objects) expect(metadata.labels).toMatchObject(standardLabels);
	});

	test('lies in one namespace', () => {
		const namespaces = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
		expect(namespaces.size).toBe(variant.directory === 'pull-secrets' ? 0 : 1);
	});

	test('has every patch in its pod', () => {
		const pods = objects.filter(({ kind }) => kind === 'DaemonSet').map(podOf);
		const mounts = (pods[0]?.containers ?? []).flatMap(({ volumeMounts = [] }) => volumeMounts);
		const volumes = pods[0]?.volumes ?? [];
		expect(new Set(mounts.map(({ name }) => name))).toEqual(new Set(volumes.map(({ name }) => name)));
		expect(pods).toHaveLength(variant.directory === 'pull-secrets' ? 0 : 1);
	});
});

test('the base and its twin have no object in common: one can be removed without the other', async () => {
	const [base, twin] = await Promise.all([build(access, 'base'), build(access, 'pod-network')]);
	const common = new Set(objectsIn(base).map(nameOf)).intersection(new Set(objectsIn(twin).map(nameOf)));
	expect([...common]).toEqual([]);
});

test('an image of another registry is set in one line', async () => {
	const images = [{ name: 'registry-probe', newName: 'registry.example/probe', newTag: '2' }];
	const yaml = await build(access, 'base', [], { images });
	const containers = objectsIn(yaml).flatMap((object) => podOf(object).containers ?? []);
	expect(containers.map(({ image }) => image)).toEqual(['registry.example/probe:2']);
});
