import { expect, test } from 'vitest';
import { imageNames } from '../../build/release/images.ts';

test('an image has a name at the host of the repository, and one at another registry', () => {
	const second = 'quay.io/somebody/registry-probe';
	expect(imageNames('Somebody/Registry-Probe', second)).toEqual(['ghcr.io/somebody/registry-probe', second]);
	const own = 'registry.example:5000/a/b';
	expect(imageNames('a/b', own)).toEqual(['ghcr.io/a/b', own]);
});

test.each(['somebody/registry-probe', 'docker.io/somebody/registry-probe', 'registry-1.docker.io/a/b'])(
	'%s is at Docker Hub and not taken',
	(second) => {
		expect(() => imageNames('somebody/registry-probe', second)).toThrow('Docker Hub');
	},
);

test.each([
	['ghcr.io/somebody/other', 'the same registry'],
	['', 'not the name of an image'],
	['registry-probe', 'not the name of an image'],
	['quay.io/a/b:latest', 'more than the name'],
	[`quay.io/a/b@sha256:${'0'.repeat(64)}`, 'more than the name'],
	['quay.io/a b', 'reference'],
])('%j is not taken as the second name', (second, said) => {
	expect(() => imageNames('somebody/registry-probe', second)).toThrow(said);
});
