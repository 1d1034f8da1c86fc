import { expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { read } from '../docs/markdown.ts';
import { podOf } from '../manifests/manifest.ts';
import { build, objectsIn } from './kubectl.ts';

const access = inject('access');
/** The examples of docs/kubernetes.md that are parts of a kustomization. */
const examples = [...read('docs/kubernetes.md').matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => {
	return parse(text) as Readonly<Record<string, unknown>>;
});
const base = examples.find(({ images }) => images !== undefined);
const more = examples.find(({ components }) => components !== undefined);
const patch = examples.find(({ resources, patches }) => resources === undefined && patches !== undefined);
const narrowed = examples.find(({ namespace }) => namespace !== undefined);

/** The files that an example speaks of, without the directory in which it stands. */
const inManifests = (paths: unknown) => {
	if (!Array.isArray(paths)) throw new TypeError('no list');
	return paths.map((path) => String(path).replace('../manifests/', ''));
};

test('the kustomization that docs/kubernetes.md shows can be built', async () => {
	const { resources, components, images } = { ...base, ...more };
	const [directory = ''] = inManifests(resources);
	const objects = objectsIn(await build(access, directory, inManifests(components), { images }));
	const kinds = objects.map(({ kind }) => kind);
	expect(kinds).toEqual(expect.arrayContaining(['DaemonSet', 'ClusterRole', 'PodMonitor']));
	const [container] = objects.flatMap((object) => podOf(object).containers ?? []);
	expect(container?.image).toBe('registry.example/registry-probe:0.1.0');
});

test('the image is the digest that docs/platforms.md gives, and no tag is left of it', async () => {
	const [, text = ''] = /^ *```yaml\n(.*?)^ *```$/ms.exec(read('docs/platforms.md')) ?? [];
	const { images } = parse(text) as { images: readonly { newName: string; digest: string }[] };
	const expected = images.map(({ newName, digest }) => `${newName}@${digest}`);
	for (const directory of ['base', 'pod-network']) {
		const containers = objectsIn(await build(access, directory, [], { images })).flatMap((object) => {
			return podOf(object).containers ?? [];
		});
		expect(containers.map(({ image }) => image)).toEqual(expected);
	}
});

test('the directory that docs/kubernetes.md adds is mounted beside the others', async () => {
	const objects = objectsIn(await build(access, 'base', [], patch));
	const pods = objects.map(podOf);
	expect(pods.flatMap(({ volumes = [] }) => volumes.map(({ hostPath }) => hostPath?.path))).toEqual(
		expect.arrayContaining(['/etc', '/run/netconfig']),
	);
});

test('the narrow role that docs/kubernetes.md shows allows one Secret of one namespace', async () => {
	const { resources, ...others } = narrowed ?? {};
	const [directory = ''] = inManifests(resources).map((path) => path.replace('../', ''));
	const objects = objectsIn(await build(access, directory, [], others));
	expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}`)).toEqual([
		'Role team-a',
		'RoleBinding team-a',
	]);
	const [role, binding] = objects;
	expect(role).toMatchObject({ rules: [{ verbs: ['get'], resources: ['secrets'], resourceNames: ['regcred'] }] });
	expect(binding).toMatchObject({ subjects: [{ name: 'registry-probe', namespace: 'registry-probe' }] });
});
