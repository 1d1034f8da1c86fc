import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
	compareKeys,
	credentialKey,
	isDockerHubImage,
	isImagePattern,
	matchesImage,
} from '../../src/registry/credentialMatch.ts';

test.each([
	['r.example', 'r.example'],
	['https://r.example/', 'r.example'],
	['http://r.example:5000', 'r.example:5000'],
	['https://index.docker.io/v1/', 'index.docker.io'],
	['r.example/v2/team', 'r.example/team'],
	['r.example/v2', 'r.example/v2'],
	['r.example/team/', 'r.example/team/'],
	['user@r.example', 'r.example'],
	['r.example/a%20b?x#y', 'r.example/a b'],
	['*.r.example', '*.r.example'],
	['HTTPS://r.example', 'HTTPS://r.example'],
])('the key of %s is %s', (location, key) => {
	expect(credentialKey(location)).toBe(key);
});

test.each([
	'r.example:port',
	'r example',
	'r.example/%zz',
	'r\\.example',
	'[::1',
	'r.ex\nample',
	'a[b].example',
	'a::1',
	'{@r.example',
	'r.example#%',
])('%j is passed over', (location) => {
	expect(credentialKey(location)).toBeUndefined();
	expect(isImagePattern(location)).toBe(false);
});

test.each([
	['r.example', 'r.example/a'],
	['r.example', 'r.example'],
	['r.example/team', 'r.example/team/a'],
	['r.example/team', 'r.example/team-other/a'],
	['r.example:5000', 'r.example:5000/a'],
	['r.example:', 'r.example/a'],
	['*.r.example', 'a.r.example/b'],
	['*.dkr.ecr.*.amazonaws.com', '1.dkr.ecr.eu-west-1.amazonaws.com/a'],
	['app*.k8s.io', 'app7.k8s.io/a'],
	['*.*', 'r.example/a'],
	['[::1]:5000', '[::1]:5000/a'],
])('%s speaks of %s', (key, image) => {
	expect(matchesImage(key, image)).toBe(true);
});

test.each([
	['*.example', 'a.r.example/b'],
	['*', 'r.example/a'],
	['r.example', 'r.example:5000/a'],
	['r.example:443', 'r.example/a'],
	['r.example:*', 'r.example:5000/a'],
	['r.example/*', 'r.example/a'],
	['r.example/team/', 'r.example/team'],
	['app?.k8s.io', 'app7.k8s.io/a'],
	['app[0-9].k8s.io', 'app7.k8s.io/a'],
	['[::1]', '[::1]/a'],
	['', 'r.example/a'],
])('%s does not speak of %s', (key, image) => {
	expect(matchesImage(key, image)).toBe(false);
});

test('keys stand backwards by bytes', () => {
	expect(['*.a', 'a/b', 'a', 'b', 'a/b/c'].toSorted(compareKeys)).toEqual(['b', 'a/b/c', 'a/b', 'a', '*.a']);
});

test.each([
	['docker.io/library/a', true],
	['index.docker.io/library/a', true],
	['localhost/a', false],
	['evil/a', false],
	['docker.io.evil/a', false],
	['localhost:5000/a', false],
	['r.example/a', false],
	['/a', false],
])("whether %s is Docker Hub's: %s", (image, expected) => {
	expect(isDockerHubImage(image)).toBe(expected);
});

test('any two texts are matched or not, without an error', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (key, image) => {
			expect(typeof matchesImage(key, image)).toBe('boolean');
			expect(['string', 'undefined']).toContain(typeof credentialKey(key));
		}),
	);
});
