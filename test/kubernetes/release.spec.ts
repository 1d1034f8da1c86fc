import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { writePinned } from '../../build/release/pinned.ts';
import { manifests } from '../manifests/files.ts';
import { containersOf, podOf } from '../manifests/manifest.ts';
import { Directory } from '../real/directory.ts';
import { kubectl, objectsIn } from './kubectl.ts';
import { titleOf, variants } from './variants.ts';

const access = inject('access');
const directory = new Directory();
const image = `ghcr.io/somebody/registry-probe@sha256:${'0123456789abcdef'.repeat(4)}`;

beforeAll(() => writePinned(join(manifests, '..'), image, directory.path));
afterAll(() => directory[Symbol.dispose]());

const pods = variants.filter(({ directory: name }) => name !== 'pull-secrets');

test.each(pods.map((variant) => [titleOf(variant), variant] as const))(
	'the manifests of a release have %s with the image by its digest',
	async (_, variant) => {
		const file = directory.write(
			'own/kustomization.yaml',
			JSON.stringify({
				resources: [relative(directory.at('own'), directory.at(`manifests/${variant.directory}`))],
				components: variant.components.map((name) => relative(directory.at('own'), directory.at(`manifests/${name}`))),
			}),
		);
		const { stdout } = await kubectl(access, ['kustomize', join(file, '..')]);
		const images = objectsIn(stdout).flatMap((object) =>
			containersOf(podOf(object)).map((container) => container.image),
		);
		expect(images).toEqual([image]);
	},
);
