import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

import { configurationPlaces } from '../../../src/node/containerd/configurationPlaces.ts';
import { readContainerd } from '../../../src/node/containerd/readContainerd.ts';
import { makeNode } from '../../fakes/node.ts';

const main = '/etc/containerd/config.toml';
const images = 'io.containerd.cri.v1.images';

async function read(files: Readonly<Record<string, string>>) {
	await using node = await makeNode({ files });
	return readContainerd(node.root);
}

const faults = (facts: Awaited<ReturnType<typeof read>>) =>
	facts.faults.map(({ file, line, fault }) => `${file}${line === undefined ? '' : `:${line}`} ${fault}`);

describe('the installation', () => {
	test.each(configurationPlaces)('$name', async ({ name, configuration }) => {
		const facts = await read({ [configuration]: 'version = 3\n', [main]: 'version = 2\n' });
		expect(facts).toMatchObject({ installation: name, configuration, faults: [] });
	});

	test('is the plain one where no file is there', async () => {
		expect(await read({})).toMatchObject({ installation: 'containerd', configuration: main, files: [], faults: [] });
	});

	test('may be named', async () => {
		await using node = await makeNode({ files: { '/data/config.toml': 'version = 3\n' } });
		const facts = readContainerd(node.root, [{ name: 'own', configuration: '/data/config.toml' }]);
		expect(facts).toMatchObject({ installation: 'own', files: [{ file: '/data/config.toml' }] });
	});
});

test('the settings of a section stand with their places', async () => {
	const facts = await read({
		[main]: `version = 3

[plugins."${images}"]
use_local_image_pull = true
max_concurrent_downloads = 5
image_pull_progress_timeout = "1m30s"
disable_snapshot_annotations = false
[plugins."${images}".registry]
config_path = "/a:/b"
[plugins."${images}".registry.headers]
X-One = ["a", "b"]
`,
	});
	const at = (line: number) => ({ file: main, line });
	expect(facts.files[0]?.version).toEqual({ value: 3, place: at(1) });
	const section = facts.files[0]?.sections.get(images);
	expect(section).toMatchObject({
		place: at(3),
		useLocalImagePull: { value: true, place: at(4) },
		maxConcurrentDownloads: { value: 5, place: at(5) },
		imagePullProgressTimeout: { value: 90, place: at(6) },
		disableSnapshotAnnotations: { value: false, place: at(7) },
		configPath: { value: '/a:/b', place: at(9) },
	});
	expect(
		section?.headers.map(({ name, values, place }) => [name, values.map((value) => value.reveal()), place]),
	).toEqual([['X-One', ['a', 'b'], at(11)]]);
});

test('logins are read and never shown', async () => {
	const facts = await read({
		[main]: `version = 2
[plugins."io.containerd.grpc.v1.cri".registry]
configs."a".auth = { username = "hunter1", password = "hunter2" }
configs."b".auth = { auth = "hunter3", identitytoken = "hunter4" }
auths."https://c".username = "hunter5"
headers.Authorization = ["hunter6"]
`,
	});
	const section = facts.files[0]?.sections.get('io.containerd.grpc.v1.cri');
	expect(section?.configs.get('a')?.login?.password?.reveal()).toBe('hunter2');
	expect(section?.configs.get('b')?.login).toMatchObject({ place: { file: main, line: 4 } });
	expect(section?.configs.get('b')?.login?.identityToken?.reveal()).toBe('hunter4');
	expect(section?.auths.get('https://c')?.username?.reveal()).toBe('hunter5');
	expect(
		JSON.stringify([...(section?.configs.values() ?? []), ...(section?.auths.values() ?? []), section?.headers]),
	).not.toContain('hunter');
});

describe('imports', () => {
	const names = async (files: Readonly<Record<string, string>>) => (await read(files)).files.map(({ file }) => file);

	test('are read breadth first, each once, relative to the file that names them', async () => {
		const files = {
			[main]: 'imports = ["a.toml", "/etc/other/*.toml", "a.toml"]\n',
			'/etc/containerd/a.toml': 'imports = ["../containerd/config.toml", "b/c.toml"]\n',
			'/etc/containerd/b/c.toml': '',
			'/etc/other/2.toml': '',
			'/etc/other/1.toml': '',
			'/etc/other/3.conf': '',
		};
		expect(await names(files)).toEqual([
			main,
			'/etc/containerd/a.toml',
			'/etc/other/1.toml',
			'/etc/other/2.toml',
			'/etc/containerd/b/c.toml',
		]);
	});

	test('that are not there are a fault, unless a pattern names none', async () => {
		const facts = await read({ [main]: 'imports = [\n"no/*.toml",\n"no.toml"]\n' });
		expect(faults(facts)).toEqual([`${main}:3 file_invalid`]);
		expect(facts.faults[0]?.detail).toContain('it imports "/etc/containerd/no.toml", which is not there');
	});

	test('without end are cut', async () => {
		const chain = Array.from(
			{ length: 150 },
			(_, at) => [`/etc/containerd/${at}.toml`, `imports = ["${at + 1}.toml"]\n`] as const,
		);
		const facts = await read({ [main]: 'imports = ["0.toml"]\n', ...Object.fromEntries(chain) });
		expect(facts.files).toHaveLength(100);
		expect(faults(facts)).toHaveLength(1);
	});
});

describe('what cannot be read', () => {
	test.each([
		['version = ', 1],
		['\nversion = "3"\n', 2],
		['imports = "a"\n', 1],
	])('%j', async (text, line) => {
		expect(faults(await read({ [main]: text }))).toEqual([`${main}:${line} file_invalid`]);
	});

	test('bytes that are no UTF-8', async () => {
		await using node = await makeNode({ files: { [main]: 'x' } });
		execFileSync('sh', ['-c', `printf 'version = 3 # \\377\\n' > ${join(node.root, main)}`]);
		expect(faults(readContainerd(node.root))).toEqual([`${main} file_invalid`]);
	});

	test('a pipe in the place of a file is not waited for', async () => {
		await using node = await makeNode();
		await mkdir(join(node.root, '/etc/containerd/certs.d/registry.example'), { recursive: true });
		execFileSync('mkfifo', [
			join(node.root, main),
			join(node.root, '/etc/containerd/certs.d/registry.example/hosts.toml'),
		]);
		const facts = readContainerd(node.root);
		expect(faults(facts)).toEqual([`${main} file_invalid`]);
		expect(
			facts.registryRoots.get('/etc/containerd/certs.d')?.directories.get('registry.example')?.unfit,
		).toBeDefined();
	});

	test('a file without rights is told with what it needs, and root needs none', async () => {
		await using node = await makeNode({ files: { [main]: 'version = 3\n' } });
		await chmod(join(node.root, main), 0);
		const told = { fault: 'file_unreadable', detail: expect.stringContaining('root') as string };
		expect(readContainerd(node.root).faults).toMatchObject(process.getuid?.() === 0 ? [] : [told]);
	});

	test('a file that is too large is told, and is no reason to refuse', async () => {
		const hosts = '/etc/containerd/certs.d/registry.example/hosts.toml';
		const facts = await read({ [hosts]: '#'.repeat(100_000) });
		expect(faults(facts)).toEqual([`${hosts} file_unreadable`]);
		expect(facts.registryRoots.get('/etc/containerd/certs.d')?.directories.get('registry.example')?.hostsFile).toEqual({
			file: hosts,
		});
	});
});

describe('directories of registries', () => {
	test('each of a list, the list as one name, and the built-in ones', async () => {
		const config = `version = 3\n[plugins."${images}".registry]\nconfig_path = "/a:certs"\n`;
		const facts = await read({
			[main]: config,
			'/a/one/hosts.toml': '',
			'/certs/two/ca.crt': '',
			'/a:certs/three/x': '',
			'/etc/docker/certs.d/four/x': '',
		});
		const found = [...facts.registryRoots].flatMap(([root, { path, directories }]) =>
			[...directories.keys()].map((name) => [root, path, name]),
		);
		expect(found).toEqual([
			['/etc/docker/certs.d', '/etc/docker/certs.d', 'four'],
			['/a:certs', '/a:certs', 'three'],
			['/a', '/a', 'one'],
			['certs', '/certs', 'two'],
		]);
	});

	test('links are followed on the node', async () => {
		await using node = await makeNode({ files: { '/data/hosts.toml': 'server = "https://m"\n' } });
		await mkdir(join(node.root, '/etc/containerd/certs.d'), { recursive: true });
		await symlink('/data', join(node.root, '/etc/containerd/certs.d/registry.example'));
		const { directories } = readContainerd(node.root).registryRoots.get('/etc/containerd/certs.d') ?? {};
		expect(directories?.get('registry.example')?.hostsFile?.content).toMatchObject({ server: { value: 'https://m' } });
	});

	test('more than 500 are cut', async () => {
		await using node = await makeNode();
		const at = (name: string) => join(node.root, '/etc/containerd/certs.d', name);
		await Promise.all(Array.from({ length: 510 }, (_, index) => mkdir(at(`r${index}`), { recursive: true })));
		const facts = readContainerd(node.root);
		expect(facts.registryRoots.get('/etc/containerd/certs.d')?.directories.size).toBe(500);
		expect(faults(facts)).toEqual(['/etc/containerd/certs.d setting_invalid']);
	});

	test("Docker's layout is read, keys with their certificates", async () => {
		const dir = '/etc/docker/certs.d/registry.example';
		const facts = await read({
			[`${dir}/a.crt`]: 'x',
			[`${dir}/b.cert`]: 'x',
			[`${dir}/b.key`]: 'x',
			[`${dir}/c.cert`]: 'x',
			[`${dir}/d.key`]: 'x',
		});
		const { docker } = facts.registryRoots.get('/etc/docker/certs.d')?.directories.get('registry.example') ?? {};
		expect(docker?.cas).toEqual([{ path: `${dir}/a.crt`, place: { file: `${dir}/a.crt` }, empty: true }]);
		expect(docker?.clients.map(({ certificate, key }) => [certificate, key])).toEqual([
			[`${dir}/b.cert`, `${dir}/b.key`],
			[`${dir}/c.cert`, `${dir}/c.cert`],
		]);
	});
});

test('everything that was looked at is named, there or not', async () => {
	const hosts = '/etc/containerd/certs.d/registry.example/hosts.toml';
	const { paths } = await read({
		[main]: 'imports = ["conf.d/*.toml"]\n',
		[hosts]: '[host."https://m"]\nca = "/ca.pem"\n',
	});
	const expected = [
		main,
		'/etc/cri/containerd.toml',
		'/etc/containerd/conf.d',
		'/etc/docker/certs.d',
		hosts,
		'/ca.pem',
	];
	expect(expected.filter((path) => !paths.includes(path))).toEqual([]);
});
