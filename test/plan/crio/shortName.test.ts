import { expect, test } from 'vitest';

import { crioRoute } from '../../../src/plan/crio/crioRoute.ts';
import { expandShortName, isShort } from '../../../src/plan/crio/shortName.ts';
import { formatReference } from '../../../src/registry/reference.ts';
import { insecure, registry } from './conf.ts';
import { crio, factsOf } from './facts.ts';

const two = 'unqualified-search-registries = ["one.example", "docker.io"]\n';
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each([
	['nginx', true],
	['nginx:1.2', true],
	['library/nginx', true],
	[`nginx@${digest}`, true],
	['a.b', true],
	['localhost/nginx', false],
	['registry.example/nginx', false],
	['registry:5000/nginx', false],
])('%s is short: %s', (name, expected) => {
	expect(isShort(name)).toBe(expected);
});

async function expanded(name: string, conf: string, image = '', version = '1.37.0'): Promise<readonly string[]> {
	const { candidates, refused } = expandShortName(await factsOf(conf, image), name, version);
	return refused === undefined ? candidates.map(formatReference) : [`refused: ${refused}`];
}

test.each([
	['an alias', 'app', '[aliases]\napp = "one.example/team/app"', ['one.example/team/app:latest']],
	['an alias with a tag', 'app:2', '[aliases]\napp = "one.example/team/app"', ['one.example/team/app:2']],
	['an alias with a digest', `app@${digest}`, '[aliases]\napp = "one.example/app"', [`one.example/app@${digest}`]],
	[
		'an alias of another name',
		'team/app',
		'unqualified-search-registries = ["one.example"]\n[aliases]\napp = "x.example/y"',
		['one.example/team/app:latest'],
	],
	['one registry', 'app:2', 'unqualified-search-registries = ["one.example:5000"]', ['one.example:5000/app:2']],
	['Docker Hub', 'app', 'unqualified-search-registries = ["docker.io"]', ['docker.io/library/app:latest']],
	['an alias before several registries', 'app', `${two}[aliases]\napp = "two.example/app"`, ['two.example/app:latest']],
	['version 1', 'app', '[registries.search]\nregistries = ["one.example"]', ['one.example/app:latest']],
])('%s', async (_name, name, conf, candidates) => {
	expect(await expanded(name, conf)).toEqual(candidates);
});

test.each([
	['no registry', ''],
	['an empty list', 'unqualified-search-registries = []'],
	['several registries, and nobody to choose', two],
	['several registries, permissive in registries.conf only', `${two}short-name-mode = "permissive"\n`],
])('%s: refused', async (_name, conf) => {
	expect(await expanded('app', conf)).toEqual([expect.stringMatching(/^refused: /)]);
});

test.each([
	['1.37.0', 'short_name_mode = "disabled"'],
	['1.33.9', ''],
	['1.33.9', 'short_name_mode = "enforcing"'],
])('CRI-O %s with "%s" tries all registries', async (version, image) => {
	expect(await expanded('app', two, image, version)).toEqual([
		'one.example/app:latest',
		'docker.io/library/app:latest',
	]);
});

test('a recorded alias stands before all, an empty one takes the alias of registries.conf back', async () => {
	const conf = 'unqualified-search-registries = ["one.example"]\n[aliases]\na = "x.example/a"\nb = "x.example/b"';
	const recorded = { 'var/cache/containers/short-name-aliases.conf': '[aliases]\na = "y.example/a"\nb = ""' };
	const facts = await factsOf(conf, '', recorded);
	const first = (name: string) => expandShortName(facts, name, '1.37.0').candidates.map(formatReference);
	expect(first('a')).toEqual(['y.example/a:latest']);
	expect(first('b')).toEqual(['one.example/b:latest']);
});

test('a recorded file that is refused refuses short names, and no others', async () => {
	const recorded = { 'var/cache/containers/short-name-aliases.conf': '=' };
	const facts = await factsOf('unqualified-search-registries = ["one.example"]', '', recorded);
	expect(crioRoute(facts, 'app', crio())).toMatchObject({ hosts: [], refused: expect.any(String) });
	expect(crioRoute(facts, 'one.example/app', crio()).hosts).toHaveLength(1);
});

test('the route of a short name is that of its candidates, one after the other', async () => {
	const conf = `${two}${registry('location = "one.example"\nblocked = true')}${registry(
		`prefix = "docker.io"\n${insecure('two.example/hub')}`,
	)}`;
	const route = crioRoute(await factsOf(conf, 'short_name_mode = "disabled"'), 'nginx:1', crio());
	expect(route.refused).toBeUndefined();
	expect(route.hosts).toMatchObject([{ endpoint: { hostname: 'two.example' }, repository: 'hub/library/nginx' }]);
	expect(route.faults).toMatchObject([{ fault: 'registry_blocked' }]);
});
