import { describe, expect, test } from 'vitest';

import { config, faultText, olderConfig, routeOf, urls } from './facts.ts';

const images = '[plugins."io.containerd.cri.v1.images"]\n';
const mirror = (name: string) => `[host."https://${name}"]\n`;
const upstream = 'https://registry.example/v2';
const main = '/etc/containerd/config.toml';
const usual = '/etc/containerd/certs.d';

describe('the directory of a registry', () => {
	const at = (names: readonly string[]) => ({
		[main]: config,
		...Object.fromEntries(names.map((name) => [`${usual}/${name}/hosts.toml`, mirror(`m${name.replace(/\W/g, '-')}`)])),
	});

	test.each([
		[
			'registry.example:5000/app',
			['registry.example_5000_', 'registry.example:5000', '_default'],
			'mregistry-example_5000_',
		],
		['registry.example:5000/app', ['registry.example:5000', '_default'], 'mregistry-example-5000'],
		['registry.example:5000/app', ['registry.example', '_default'], 'm_default'],
		['registry.example/app', ['registry.example', '_default'], 'mregistry-example'],
		['registry.example/app', ['registry.example_443_', 'other'], undefined],
		['[2001:db8::1]:5000/app', ['[2001:db8::1]_5000_'], 'm-2001-db8--1-_5000_'],
		['[2001:db8::1]/app', ['[2001:db8:_1]_'], 'm-2001-db8-_1-_'],
		['busybox', ['docker.io', 'registry-1.docker.io', 'index.docker.io'], 'mdocker-io'],
	])('%s among %j', async (image, names, expected) => {
		const { hosts } = await routeOf({ files: at(names), image });
		expect(hosts.map(({ endpoint }) => endpoint.hostname).slice(0, -1)).toEqual(
			expected === undefined ? [] : [expected],
		);
	});

	test('an empty one of its own counts before _default', async () => {
		const files = { ...at(['_default']), [`${usual}/registry.example/readme`]: '' };
		expect(urls((await routeOf({ files })).hosts)).toEqual([upstream]);
	});

	test('a file in its place makes pulls fail', async () => {
		const files = { [main]: config, [`${usual}/registry.example`]: '' };
		const { refused, faults } = await routeOf({ files });
		expect(refused).toContain('is no directory');
		expect(faults.map(faultText)).toEqual([`${usual}/registry.example file_invalid`]);
	});
});

describe('several directories', () => {
	const list = 'config_path = "/a:/b"\n';
	const files = {
		[main]: `version = 3\n[plugins."io.containerd.cri.v1.images".registry]\n${list}`,
		'/a/other/hosts.toml': mirror('other'),
		'/b/registry.example/hosts.toml': mirror('found'),
		'/b/other/hosts.toml': mirror('hidden'),
	};

	test('are one name for the transfer service', async () => {
		const { hosts, faults } = await routeOf({ files });
		expect([urls(hosts), faults.map(faultText)]).toEqual([[upstream], [`${main}:3 config_path_ignored`]]);
	});

	test('are looked into in their order by a local pull', async () => {
		const { hosts, faults } = await routeOf({ files, localPull: true });
		expect([urls(hosts), faults]).toEqual([['https://found/v2', upstream], []]);
		const other = await routeOf({ files, localPull: true, image: 'other/app/x' });
		expect(urls(other.hosts)[0]).not.toBe('https://hidden/v2');
	});

	test.each(['1.6.20', '1.7.35', '2.0.5'])('and by %s', async (version) => {
		const older = files[main].replace('3', '2').replace('io.containerd.cri.v1.images', 'io.containerd.grpc.v1.cri');
		const { hosts } = await routeOf({
			files: { ...files, [main]: version === '2.0.5' ? files[main] : older },
			version,
		});
		expect(urls(hosts)).toEqual(['https://found/v2', upstream]);
	});

	test.each([
		'use_local_image_pull = true',
		'max_concurrent_downloads = 5',
		'discard_unpacked_layers = true',
		'image_pull_with_sync_fs = true',
		'disable_snapshot_annotations = false',
		'registry.configs."x".auth.username = "u"',
		'registry.auths."https://x".username = "u"',
	])('and wherever %s sends pulls the old way', async (setting) => {
		const { hosts } = await routeOf({
			files: { ...files, [main]: `version = 3\n${images}${setting}\nregistry.${list}` },
		});
		expect(urls(hosts)).toEqual(['https://found/v2', upstream]);
	});

	test.each(['use_local_image_pull = false', 'max_concurrent_downloads = 3', 'disable_snapshot_annotations = true'])(
		'but not for %s',
		async (setting) => {
			const { hosts } = await routeOf({
				files: { ...files, [main]: `version = 3\n${images}${setting}\nregistry.${list}` },
			});
			expect(urls(hosts)).toEqual([upstream]);
		},
	);
});

describe('without any directory named', () => {
	const there = { [`${usual}/registry.example/hosts.toml`]: mirror('m') };
	const empty = { [main]: 'version = 3\n' };

	test.each([
		['2.4.2', false, [upstream], [`${main} config_path_ignored`]],
		['2.4.2', true, ['https://m/v2', upstream], []],
		['2.1.9', false, [upstream], [`${usual} setting_ignored`]],
		['1.7.35', false, [upstream], [`${usual} setting_ignored`]],
	])('%s, local pull %s', async (version, localPull, expected, faults) => {
		const files = { ...there, [main]: version === '1.7.35' ? 'version = 2\n' : 'version = 3\n' };
		const route = await routeOf({ files, version, localPull });
		expect([urls(route.hosts), route.faults.map(faultText)]).toEqual([expected, faults]);
	});

	test('nothing is ignored where nothing is there', async () => {
		expect(await routeOf({ files: empty })).toMatchObject({ hosts: [{ via: 'upstream' }], faults: [] });
		expect(await routeOf({ files: {} })).toMatchObject({ hosts: [{ via: 'upstream' }], faults: [] });
	});

	test('an empty config_path names none', async () => {
		const files = { ...there, [main]: olderConfig.replace('/etc/containerd/certs.d', '') };
		expect(urls((await routeOf({ files, version: '1.7.35' })).hosts)).toEqual([upstream]);
	});
});
