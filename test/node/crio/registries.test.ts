import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { CrioFacts } from '../../../src/node/crio/facts.ts';
import { usualPaths } from '../../../src/node/crio/paths.ts';
import { readCrio } from '../../../src/node/crio/readCrio.ts';
import { makeNode } from '../../fakes/node.ts';

const conf = 'etc/containers/registries.conf';
const dropIns = `${conf}.d`;

async function factsOf(files: Readonly<Record<string, string>>, paths = usualPaths): Promise<CrioFacts> {
	await using node = await makeNode({ files });
	return readCrio(node.root, paths);
}

/** The faults as `file:line word`. */
async function faultsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
	const { faults } = await factsOf(files);
	return faults.map(({ file, line, fault }) => `${file}:${line} ${fault}`);
}

test('a node without any file says nothing, and nothing is wrong with it', async () => {
	expect(await factsOf({})).toEqual({
		present: false,
		registries: { registries: [], aliases: new Map(), source: { file: '/etc/containers/registries.conf' } },
		recorded: { aliases: new Map() },
		settings: {},
		certificates: new Map(),
		faults: [],
	});
});

test('every entry is found where it stands', async () => {
	const { registries } = await factsOf({
		[conf]: `
unqualified-search-registries = ["registry.example", "docker.io"]
credential-helpers = ["containers-auth.json"]
short-name-mode = "permissive"
[[registry]]
location = "registry.example/"
blocked = true
[[registry.mirror]]
location = "mirror.example:5000/cache/"
insecure = true
pull-from-mirror = "tag-only"
[aliases]
app = "registry.example/team/app"
`,
	});
	const file = '/etc/containers/registries.conf';
	const at = (line: number) => ({ file, line });
	expect(registries).toEqual({
		registries: [
			{
				prefix: 'registry.example',
				location: 'registry.example',
				insecure: false,
				blocked: true,
				mirrors: [{ location: 'mirror.example:5000/cache', insecure: true, pull: 'tag-only', source: at(8) }],
				source: at(5),
				blockedAt: at(7),
			},
		],
		search: { value: ['registry.example', 'docker.io'], source: at(2) },
		credentialHelpers: { value: ['containers-auth.json'], source: at(3) },
		shortNameMode: { value: 'permissive', source: at(4) },
		aliases: new Map([['app', { value: 'registry.example/team/app', source: at(13) }]]),
		source: { file },
	});
});

test('a drop-in replaces entries with the same prefix, lists as a whole, and single aliases', async () => {
	const { registries } = await factsOf({
		[conf]: `
unqualified-search-registries = ["one.example"]
[aliases]
a = "one.example/a"
b = "one.example/b"
[[registry]]
location = "one.example"
[[registry]]
location = "two.example"
insecure = true
`,
		[`${dropIns}/10.conf`]: `
unqualified-search-registries = []
[aliases]
a = ""
[[registry]]
prefix = "two.example"
location = "three.example"
`,
	});
	expect(registries.registries).toMatchObject([
		{ prefix: 'one.example', source: { file: '/etc/containers/registries.conf', line: 6 } },
		{
			prefix: 'two.example',
			location: 'three.example',
			insecure: false,
			source: { file: '/etc/containers/registries.conf.d/10.conf', line: 5 },
		},
	]);
	expect(registries.search?.value).toEqual([]);
	expect([...registries.aliases].map(([name, { value }]) => `${name} ${value}`)).toEqual(['a ', 'b one.example/b']);
});

test('version 1 becomes entries that are blocked or insecure', async () => {
	const { registries } = await factsOf({
		[conf]: `
[registries.search]
registries = ['one.example']
[registries.insecure]
registries = ['two.example', 'three.example']
[registries.block]
registries = ['three.example']
`,
	});
	expect(registries.search?.value).toEqual(['one.example']);
	expect(registries.registries).toMatchObject([
		{ prefix: 'three.example', blocked: true, insecure: true, source: { line: 7 } },
		{ prefix: 'two.example', blocked: false, insecure: true, source: { line: 5 } },
	]);
});

test('a file in root’s home stands in place of the system’s files', async () => {
	const { registries } = await factsOf({
		[conf]: '[[registry]]\nlocation = "one.example"',
		[`${dropIns}/a.conf`]: '[[registry]]\nlocation = "two.example"',
		'root/.config/containers/registries.conf': '[[registry]]\nlocation = "three.example"',
		'root/.config/containers/registries.conf.d/a.conf': '[[registry]]\nlocation = "four.example"',
	});
	expect(registries.registries.map(({ prefix }) => prefix)).toEqual(['four.example', 'three.example']);
	expect(registries.source.file).toBe('/root/.config/containers/registries.conf');
});

test('drop-ins in root’s home come after those of the system', async () => {
	const { registries } = await factsOf({
		[`${dropIns}/z.conf`]: 'unqualified-search-registries = ["one.example"]',
		'root/.config/containers/registries.conf.d/a.conf': 'unqualified-search-registries = ["two.example"]',
	});
	expect(registries.search?.value).toEqual(['two.example']);
});

test('files that CRI-O was started with stand in place of all others', async () => {
	const files = {
		[conf]: '[[registry]]\nlocation = "one.example"',
		'root/.config/containers/registries.conf': '[[registry]]\nlocation = "two.example"',
		'opt/r.conf': '[[registry]]\nlocation = "three.example"',
	};
	const told = await factsOf(files, { ...usualPaths, registriesConf: '/opt/r.conf', registriesConfDir: '/opt/d' });
	expect(told.registries.registries.map(({ prefix }) => prefix)).toEqual(['three.example']);
	const gone = await factsOf(files, { ...usualPaths, registriesConf: '/opt/none.conf' });
	expect(gone.registries.unusable?.source).toEqual({ file: '/opt/none.conf' });
});

test('a directory of drop-ins that is a link is not entered', async () => {
	await using node = await makeNode({ files: { 'opt/drop/a.conf': '[[registry]]\nlocation = "one.example"' } });
	await mkdir(join(node.root, 'etc/containers'), { recursive: true });
	await symlink('/opt/drop', join(node.root, dropIns));
	const { registries, faults } = readCrio(node.root);
	expect(registries.registries).toEqual([]);
	expect(faults).toMatchObject([{ file: '/etc/containers/registries.conf.d', fault: 'setting_ignored' }]);
});

test.each([
	['unqualified-search-registries = ["docker.io/library"]', '"docker.io/library" is no registry'],
	['[[registry]]\nlocation = "https://mirror.example:5000/x"', '"https://mirror.example:5000/x" has a scheme'],
	['[[registry]]\nlocation = "a.example"\ninsecur = true', 'no setting "insecur" here'],
	['short-name-mode = "enforced"', 'not "enforced"'],
	['[aliases]\nnginx = "library"', '"nginx" leads to "library", which does not name its registry'],
])('an ordinary slip is repeated: %s', async (text, part) => {
	const { faults } = await factsOf({ [conf]: text });
	expect(faults.map(({ detail }) => detail).join('\n')).toContain(part);
});

test('a drop-in that is a link is read', async () => {
	await using node = await makeNode({
		files: { 'opt/a': '[[registry]]\nlocation = "one.example"', [`${dropIns}/b.conf`]: '' },
	});
	await symlink('/opt/a', join(node.root, dropIns, 'a.conf'));
	expect(readCrio(node.root).registries.registries).toMatchObject([
		{ prefix: 'one.example', source: { file: '/etc/containers/registries.conf.d/a.conf' } },
	]);
});

test.each([
	[
		'keys that nobody knows',
		'a = 1\n[[registry]]\nlocation = "a.example"\nb = 1\n[[registry.mirror]]\nlocation = "b"\nc = 1',
		[1, 4, 7],
	],
	['a prefix with a tag', '[[registry]]\nlocation = "a.example/b"\nprefix = "a.example/b:1"', [3]],
	['a prefix with a digest', '[[registry]]\nlocation = "a.example/b"\nprefix = "a.example/b@sha256:1"', [3]],
	['a wildcard elsewhere', '[[registry]]\nlocation = "a.*.example"', [2]],
	['a lone star', '[[registry]]\nprefix = "*"\nlocation = "a.example"', [2]],
	['Docker Hub’s former name', '[[registry]]\nlocation = "index.docker.io"', [2]],
	['one prefix twice', '[[registry]]\nlocation = "a.example"\n[[registry]]\nlocation = "a.example"', [3]],
])('%s: passed over, and said so', async (_name, text, lines) => {
	const expected = lines.map((line) => `/etc/containers/registries.conf:${line} setting_ignored`);
	expect((await faultsOf({ [conf]: text })).toSorted()).toEqual(expected);
});

test('a file that is refused makes all unusable, and is named with its line', async () => {
	const { registries, faults } = await factsOf({
		[conf]: '[[registry]]\nlocation = "a.example"',
		[`${dropIns}/a.conf`]: '[[registry]]\nlocation = "b.example"\ninsecure = "yes"',
	});
	const place = { file: '/etc/containers/registries.conf.d/a.conf', line: 3 };
	expect(faults).toMatchObject([{ ...place, fault: 'file_invalid' }]);
	expect(registries.unusable).toEqual({ value: 'insecure must be true or false', source: place });
});

test('nothing that stands in a file reaches a text for people as it is', async () => {
	const { faults } = await factsOf({ [conf]: '"\\u001b[31m" = 1\n[[registry]]\nlocation = "a:\\u001b]0;x\\u0007"' });
	expect(faults.length).toBeGreaterThan(0);
	expect(faults.map(({ detail }) => detail).join()).not.toMatch(/\p{Cc}/u);
});

test('nor does the name of a file', async () => {
	const { faults, registries } = await factsOf({
		[`${dropIns}/\u001b[31m\n.conf`]: 'a = 1\n[[registry]]\nlocation = "a"',
	});
	expect(registries.registries).toHaveLength(1);
	expect(JSON.stringify([faults, registries.registries.map(({ source }) => source)])).not.toMatch(/u001b|\\n/);
});

test('a file with a thousand keys that nobody knows is five hundred faults', async () => {
	const text = Array.from({ length: 1000 }, (_, index) => `key${index} = 1`).join('\n');
	expect((await factsOf({ [conf]: text })).faults).toHaveLength(500);
});

test('a directory in place of a file is unreadable, not refused', async () => {
	const { registries, faults } = await factsOf({ [`${conf}/a`]: '' });
	expect(registries.unusable).toBeUndefined();
	expect(faults).toMatchObject([{ file: '/etc/containers/registries.conf', fault: 'file_unreadable' }]);
});

test('recorded aliases are read, and refused as a whole', async () => {
	const file = 'var/cache/containers/short-name-aliases.conf';
	const good = await factsOf({ [file]: '[aliases]\n"team/app" = "registry.example/team/app"' });
	expect(good.recorded.aliases.get('team/app')?.value).toBe('registry.example/team/app');
	const bad = await factsOf({ [file]: '[aliases]\napp = "app"' });
	expect(bad.recorded.unusable?.source).toEqual({ file: `/${file}`, line: 2 });
	expect(bad.registries.unusable).toBeUndefined();
	expect(bad.faults).toMatchObject([{ file: `/${file}`, line: 2, fault: 'file_invalid' }]);
});
