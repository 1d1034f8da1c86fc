import { describe, expect, test } from 'vitest';

import { faultText, routeOf, urls } from './facts.ts';

const main = '/etc/containerd/config.toml';
const upstream = 'https://registry.example/v2';
const hosts = {
	'/a/registry.example/hosts.toml': '[host."https://a"]\n',
	'/b/registry.example/hosts.toml': '[host."https://b"]\n',
};
const section = (plugin: string, path: string) => `[plugins."${plugin}".registry]\nconfig_path = "${path}"\n`;
const [first, second, third] = ['cri', 'io.containerd.grpc.v1.cri', 'io.containerd.cri.v1.images'] as const;

describe('the section that counts', () => {
	test.each([
		['1.7.35', 0, first, 'a', 0],
		['1.7.35', 0, second, undefined, 1],
		['1.7.35', 2, first, undefined, 1],
		['1.7.35', 2, second, 'a', 0],
		['1.7.35', 2, third, undefined, 1],
		['2.4.2', 0, first, 'a', 0],
		['2.4.2', 0, second, 'a', 0],
		['2.4.2', 2, first, undefined, 1],
		['2.4.2', 2, second, 'a', 0],
		['2.4.2', 2, third, 'a', 0],
		['2.4.2', 3, second, undefined, 1],
		['2.4.2', 3, third, 'a', 0],
		['2.4.2', 4, third, 'a', 0],
	])('of %s in a file of version %d: %s', async (version, file, plugin, mirror, faults) => {
		const files = { ...hosts, [main]: `${file === 0 ? '' : `version = ${file}\n`}${section(plugin, '/a')}` };
		const route = await routeOf({ files, version });
		expect(urls(route.hosts)).toEqual(mirror === undefined ? [upstream] : [`https://${mirror}/v2`, upstream]);
		const line = file === 0 ? 1 : 2;
		expect(route.faults.map(faultText)).toEqual(Array(faults).fill(`${main}:${line} setting_ignored`));
	});

	test.each([
		['1.7.35', 3],
		['2.2.9', 4],
		['2.4.2', 5],
	])('%s does not start with version %d', async (version, file) => {
		const files = { ...hosts, [main]: `version = ${file}\n${section(third, '/a')}` };
		const route = await routeOf({ files, version });
		expect(route.faults.map(faultText)).toEqual([`${main}:1 file_invalid`]);
	});

	test('use_local_image_pull is lost in a file that is converted', async () => {
		const files = {
			...hosts,
			[main]: `version = 2\n[plugins."${second}"]\nuse_local_image_pull = true\nregistry.config_path = "/a:/b"\n`,
		};
		const route = await routeOf({ files });
		expect(urls(route.hosts)).toEqual([upstream]);
		expect(route.faults.map(faultText)).toEqual([`${main}:3 setting_ignored`, `${main}:4 config_path_ignored`]);
	});

	test.each([
		[`[plugins."${second}".containerd]\ndisable_snapshot_annotations = false\n`, upstream],
		[
			`[plugins."${second}".containerd]\ndisable_snapshot_annotations = false\nruntimes.runc.runtime_type = "x"\n`,
			'https://a/v2',
		],
	])('%j', async (containerd, expected) => {
		const files = { ...hosts, [main]: `version = 2\n${containerd}${section(second, '/a:/b')}` };
		expect(urls((await routeOf({ files })).hosts)[0]).toBe(expected);
	});
});

describe('several files', () => {
	const files = {
		...hosts,
		[main]: `version = 2\nimports = ["conf.d/*.toml"]\n[plugins."${second}"]\nregistry.config_path = "/a"\nregistry.headers.x = ["1"]\n`,
		'/etc/containerd/conf.d/10.toml': `version = 2\n[plugins."${second}"]\nregistry.headers.y = ["2"]\n`,
	};

	test('are merged by containerd 2', async () => {
		const route = await routeOf({ files });
		expect([urls(route.hosts), route.hosts[0]?.headers]).toEqual([['https://a/v2', upstream], { x: '1', y: '2' }]);
	});

	test("replace each other's sections for containerd 1", async () => {
		const route = await routeOf({ files, version: '1.7.35' });
		expect([urls(route.hosts), route.hosts[0]?.headers]).toEqual([[upstream], { y: '2' }]);
		expect(route.faults.map(faultText)).toEqual([`${main}:3 setting_ignored`]);
	});

	test('the last says what counts', async () => {
		const last = { '/etc/containerd/conf.d/20.toml': `version = 2\n${section(second, '/b')}` };
		expect(urls((await routeOf({ files: { ...files, ...last } })).hosts)[0]).toBe('https://b/v2');
	});

	test('none may be of a higher version than the first', async () => {
		const last = { '/etc/containerd/conf.d/20.toml': `version = 3\n${section(third, '/b')}` };
		const route = await routeOf({ files: { ...files, ...last } });
		expect(route.faults.map(faultText)).toEqual(['/etc/containerd/conf.d/20.toml:1 file_invalid']);
	});
});

describe('what containerd refuses to pull anything with', () => {
	const registry = `[plugins."${third}".registry]\n`;

	test.each([
		[`${registry}config_path = "/a"\nmirrors."x".endpoint = ["https://x"]\n`, 4],
		[`${registry}config_path = 5\n`, 3],
		[`[plugins."${third}"]\nimage_pull_progress_timeout = "soon"\n`, 3],
		[`${registry}mirrors = "x"\n`, 3],
	])('%j', async (settings, line) => {
		const { refused, faults } = await routeOf({ files: { [main]: `version = 3\n${settings}` } });
		expect(refused).toContain('pulls nothing');
		expect(faults.map(faultText)).toEqual([`${main}:${line} setting_invalid`]);
	});

	test('mirrors beside the directories that are built in, in 2.2.0 and 2.2.1', async () => {
		const files = { [main]: `version = 3\n${registry}mirrors."registry.example".endpoint = ["https://m"]\n` };
		expect((await routeOf({ files, version: '2.2.1' })).refused).toBeDefined();
		expect(urls((await routeOf({ files, version: '2.2.2' })).hosts)).toEqual(['https://m/v2', upstream]);
	});

	test('certificates of the old kind beside config_path', async () => {
		const older = `version = 2\n[plugins."${second}".registry]\nconfig_path = "/a"\nconfigs."x".tls.ca_file = "/ca"\n`;
		const files = { ...hosts, [main]: older };
		expect((await routeOf({ files, version: '1.7.35' })).refused).toBeDefined();
		const newer = await routeOf({ files });
		expect(newer.refused).toBeUndefined();
		expect(newer.faults.map(faultText)).toEqual([`${main}:4 setting_ignored`]);
	});
});
