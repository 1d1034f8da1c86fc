import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type DiscoveredRegistry, discover, type DiscoveryRules, sameRegistries } from '../../src/cluster/discovery.ts';
import type { PodFacts } from '../../src/cluster/pod.ts';
import { formatReference } from '../../src/registry/reference.ts';
import { podWith } from './pods.ts';

const all: DiscoveryRules = { allow: ['*'], deny: [], keep: 3600 };

const found = (
	pods: readonly PodFacts[],
	rules: Partial<DiscoveryRules> = {},
	before: readonly DiscoveredRegistry[] = [],
	now = 0,
) => discover(before, pods, { ...all, ...rules }, now);

const names = (registries: readonly DiscoveredRegistry[]) => registries.map(({ registry }) => registry);
const images = (registries: readonly DiscoveredRegistry[]) => registries.map(({ image }) => formatReference(image));
const pods = (...texts: readonly string[]) => texts.map((text, at) => podWith(text.split(' '), { name: `p${at}` }));

test('registries of images, in one spelling, by name', () => {
	const registries = found(pods('nginx', 'index.docker.io/library/redis', 'GHCR.io/a/b', 'r.example:5000/x:1'));
	expect(names(registries)).toEqual(['docker.io', 'ghcr.io', 'r.example:5000']);
	expect(registries.map((entry) => entry.pods)).toEqual([2, 1, 1]);
});

test('a pod counts once for a registry, however many images it has of it', () => {
	expect(found(pods('ghcr.io/a/b ghcr.io/a/c'))).toMatchObject([{ registry: 'ghcr.io', pods: 1 }]);
});

test('what is no image, and hosts that are not elsewhere, are passed over', () => {
	expect(
		found(pods('Not/An/Image', '', 'localhost:5000/a', '127.0.0.1:5000/a', '[::1]:5000/a', '169.254.169.254/a')),
	).toEqual([]);
});

test.each([
	[{ allow: ['*.example'] }, ['a.example', 'b.example:5000']],
	[{ allow: ['b.example:5000', 'quay.io'] }, ['b.example:5000', 'quay.io']],
	[{ deny: ['b.example'] }, ['a.example', 'quay.io']],
	[{ allow: ['*.example'], deny: ['a.*'] }, ['b.example:5000']],
	[{ allow: [] }, []],
])('the rules %j', (rules, expected) => {
	expect(names(found(pods('a.example/x', 'b.example:5000/x', 'quay.io/x/y'), rules))).toEqual(expected);
});

test('at most 20: those with the most pods, of equal ones those that were there', () => {
	const many = Array.from({ length: 30 }, (_, at) => `r${String(at).padStart(2, '0')}.example/app`);
	const before = found(pods(...many.slice(10)));
	const now = names(found(pods(...many, 'r05.example/other'), {}, before));
	expect(now).toHaveLength(20);
	expect(now).toContain('r05.example');
	expect(now.filter((name) => !names(before).includes(name))).toEqual(['r05.example']);
});

describe('the image', () => {
	test('is the one with the most pods', () => {
		expect(images(found(pods('ghcr.io/a/b:1', 'ghcr.io/a/c:1', 'ghcr.io/a/c:1')))).toEqual(['ghcr.io/a/c:1']);
	});

	test('is one that the runtime has, rather than one with more pods', () => {
		expect(images(found(pods('!ghcr.io/a/typo', '!ghcr.io/a/typo', 'ghcr.io/a/b:1')))).toEqual(['ghcr.io/a/b:1']);
	});

	test('is one without a pull secret, rather than one with more pods', () => {
		const secret = podWith(['ghcr.io/corp/app:1', 'ghcr.io/corp/side:1'], { pullSecrets: ['s'] });
		expect(images(found([secret, { ...secret, uid: '2' }, podWith(['ghcr.io/a/b:1'])]))).toEqual(['ghcr.io/a/b:1']);
	});

	test('stays as long as a pod uses it', () => {
		const first = found(pods('ghcr.io/a/b:1'));
		const second = found(pods('ghcr.io/a/b:1', 'ghcr.io/a/c:1', 'ghcr.io/a/c:1'), {}, first);
		expect(images(second)).toEqual(['ghcr.io/a/b:1']);
		expect(sameRegistries(first, second)).toBe(true);
		expect(images(found(pods('ghcr.io/a/c:1'), {}, second))).toEqual(['ghcr.io/a/c:1']);
	});

	test('that the runtime never got gives way to one that it has', () => {
		const first = found(pods('!ghcr.io/a/typo'));
		expect(images(found(pods('!ghcr.io/a/typo', 'ghcr.io/a/b:1'), {}, first))).toEqual(['ghcr.io/a/b:1']);
	});
});

describe('a registry that no pod uses any more', () => {
	const before = found(pods('ghcr.io/a/b:1'));

	test('is kept with its image for a while, then forgotten', () => {
		const later = found([], { keep: 10 }, before, 9999);
		expect(later).toMatchObject([{ registry: 'ghcr.io', pods: 0, seenAt: 0 }]);
		expect(found([], { keep: 10 }, later, 10_000)).toEqual([]);
	});

	test('goes at once when it is denied', () => {
		expect(found([], { deny: ['ghcr.io'] }, before)).toEqual([]);
	});

	test('gives way to those that are used', () => {
		const many = pods(...Array.from({ length: 20 }, (_, at) => `r${at}.example/app`));
		expect(names(found(many, {}, before))).not.toContain('ghcr.io');
	});
});

test('whatever pods say, the registries are few, elsewhere and each once', () => {
	const host = fc.constantFrom(
		'localhost:1',
		'127.0.0.1',
		'a.example',
		'A.example',
		'[fe80::1]:5',
		'b.example:5000',
		'169.254.1.1',
	);
	const image = fc.oneof(
		fc.string(),
		fc.tuple(host, fc.stringMatching(/^[a-z/:@.]{1,20}$/)).map((parts) => parts.join('/')),
	);
	const pod = fc.array(image, { maxLength: 5 }).map((list) => podWith(list));
	fc.assert(
		fc.property(fc.array(pod), fc.array(pod), (first, second) => {
			const registries = names(found(second, {}, found(first)));
			expect(new Set(registries).size).toBe(registries.length);
			expect(registries.length).toBeLessThanOrEqual(20);
			expect(registries.filter((name) => /^(?:localhost|127|169|\[)/.test(name))).toEqual([]);
		}),
	);
});
