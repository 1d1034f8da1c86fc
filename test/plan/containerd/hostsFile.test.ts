import { describe, expect, test } from 'vitest';

import { createAuthority } from '../../fakes/authority.ts';
import { config, faultText, faultsOf, olderConfig, routeOf, urls, withHosts } from './facts.ts';

const upstream = 'https://registry.example/v2';
const hostsFile = '/etc/containerd/certs.d/registry.example/hosts.toml';
const older = (hosts: string) => withHosts(hosts, { '/etc/containerd/config.toml': olderConfig });

describe('order', () => {
	test('hosts stand as in the file, the upstream behind them', async () => {
		const { hosts } = await routeOf({ files: withHosts('[host."https://b"]\n[host."https://a:5000"]\n[host."c"]\n') });
		expect(urls(hosts)).toEqual(['https://b/v2', 'https://a:5000/v2', 'https://c/v2', upstream]);
		expect(hosts.map(({ via }) => via)).toEqual(['mirror', 'mirror', 'mirror', 'upstream']);
		expect(hosts.map(({ namespace }) => namespace)).toEqual([...Array(3).fill('registry.example'), undefined]);
	});

	test('a server stands last, in the place of the upstream', async () => {
		const { hosts } = await routeOf({ files: withHosts('server = "https://only"\n[host."https://a"]\n') });
		expect(urls(hosts)).toEqual(['https://a/v2', 'https://only/v2']);
		expect(hosts.map(({ source }) => source)).toEqual([
			{ file: hostsFile, line: 2 },
			{ file: hostsFile, line: 1 },
		]);
	});

	test("a server that is the image's own host is its upstream", async () => {
		const { hosts } = await routeOf({ files: withHosts('server = "https://registry.example"\n') });
		expect(hosts).toMatchObject([{ via: 'upstream', root: '/v2' }]);
		expect(hosts[0]).not.toHaveProperty('namespace');
	});

	test('the same host with another spelling is told the namespace', async () => {
		const { hosts } = await routeOf({ files: withHosts('server = "https://registry.example:443"\n') });
		expect(hosts).toMatchObject([{ via: 'upstream', namespace: 'registry.example' }]);
	});

	test('a table of headers brings its host in front for every version', async () => {
		const hosts = '[host."https://b".header]\nx = "1"\n[host."https://a"]\n[host."https://b"]\n';
		const newer = await routeOf({ files: withHosts(hosts) });
		const old = await routeOf({ files: older(hosts), version: '1.7.35' });
		// containerd 2 looks at the header before only, and so takes b for a third host.
		expect(urls(newer.hosts)).toEqual(['https://b/v2', 'https://a/v2', 'https://b/v2', upstream]);
		expect(urls(old.hosts)).toEqual(['https://b/v2', 'https://a/v2', upstream]);
	});

	test('a host without a header is one for containerd 1 only', async () => {
		const hosts = 'host = { "https://a" = { skip_verify = true } }\n';
		const newer = await routeOf({ files: withHosts(hosts) });
		expect([urls(newer.hosts), newer.faults.map(faultText)]).toEqual([[upstream], [`${hostsFile}:1 host_never_asked`]]);
		expect(urls((await routeOf({ files: older(hosts), version: '1.7.35' })).hosts)).toEqual(['https://a/v2', upstream]);
	});
});

describe('paths', () => {
	test.each([
		['https://m', '', '/v2'],
		['https://m/', '', '/v2'],
		['https://m/proxy', '', '/proxy/v2'],
		['https://m/proxy/', '', '/proxy/v2'],
		['https://m/v2/proxy', '', '/v2/proxy/v2'],
		['https://m/proxy/v2', '', '/proxy/v2'],
		['https://m/proxy/../x', '', '/x/v2'],
		['https://m', 'override_path = true', ''],
		['https://m/', 'override_path = true', ''],
		['https://m/v2/proxy', 'override_path = true', '/v2/proxy'],
		['https://m/x?a=/b#c', '', '/x/v2'],
		['m/x', '', '/x/v2'],
	])('%s %s', async (url, setting, root) => {
		const { hosts } = await routeOf({ files: withHosts(`[host."${url}"]\n${setting}\n`) });
		expect(hosts[0]?.root).toBe(root);
	});
});

describe('capabilities', () => {
	const withWords = (words: string) => withHosts(`[host."https://m"]\ncapabilities = ${words}\n`);

	test.each([
		['["pull"]', ['pull']],
		['["resolve"]', ['pull']],
		['["push"]', ['pull']],
		['["PULL", "Resolve"]', ['pull', 'resolve']],
		['[]', ['pull', 'resolve']],
	])('%s of a tag', async (words, expected) => {
		const { hosts } = await routeOf({ files: withWords(words) });
		expect(hosts.map(({ capabilities }) => capabilities)).toEqual([expected, ['pull', 'resolve']]);
	});

	test('a digest is asked for wherever content may be pulled from', async () => {
		const image = `registry.example/app@sha256:${'0'.repeat(64)}`;
		const { hosts } = await routeOf({ files: withWords('["pull"]'), image });
		expect(hosts[0]?.capabilities).toEqual(['pull', 'resolve']);
	});

	test('without any host that resolves nothing is pulled', async () => {
		const files = withHosts('server = "https://m"\ncapabilities = ["pull"]\n');
		expect((await routeOf({ files })).refused).toContain('no resolve hosts');
		const image = `registry.example/app@sha256:${'0'.repeat(64)}`;
		expect((await routeOf({ files, image })).refused).toBeUndefined();
	});

	test.each([
		['2.4.2', '["pull", "resolve", "referrers"]', 0],
		['2.1.9', '["pull", "resolve", "referrers"]', 2],
		['2.4.2', '["pull", "resolv"]', 2],
	])('%s with %s', async (version, words, line) => {
		const { hosts, faults } = await routeOf({ files: withWords(words), version });
		const expected =
			line === 0 ? { hosts: 2, faults: [] } : { hosts: 1, faults: [`${hostsFile}:2 capability_unknown`] };
		expect({ hosts: hosts.length, faults: faults.map(faultText) }).toEqual(expected);
	});

	test('without a server its own capabilities, path and scheme count for nothing, the other keys do', async () => {
		const { hosts } = await routeOf({
			files: withHosts('capabilities = ["push"]\noverride_path = true\nskip_verify = true\ndial_timeout = "2s"\n'),
		});
		expect(hosts).toMatchObject([{ root: '/v2', capabilities: ['pull', 'resolve'], insecure: true, dialTimeout: 2 }]);
	});
});

describe('plain HTTP', () => {
	test.each([
		['http://m:5000', '', 'http', 5000, false],
		['http://m', '', 'http', 80, false],
		['http://m:5000', 'skip_verify = false', 'https', 5000, true],
		['http://m:5000', 'ca = []', 'https', 5000, true],
		['http://m:5000', 'client = []', 'http', 5000, false],
		['http://m:80', 'skip_verify = true', 'http', 80, false],
		['https://m:5000', 'skip_verify = true', 'https', 5000, false],
	])('%s with %s', async (url, setting, scheme, port, plainHttpFallback) => {
		const { hosts } = await routeOf({ files: withHosts(`[host."${url}"]\n${setting}\n`) });
		expect(hosts[0]).toMatchObject({ endpoint: { scheme, port }, plainHttpFallback });
	});

	test('older versions never try TLS first', async () => {
		const files = older('[host."http://m:5000"]\nskip_verify = true\n');
		const { hosts } = await routeOf({ files, version: '1.6.20' });
		expect(hosts[0]).toMatchObject({ endpoint: { scheme: 'http', port: 5000 }, plainHttpFallback: false });
	});

	test.each([
		['2.4.2', 'https', true],
		['1.7.35', 'https', true],
		['1.6.20', 'http', false],
	])('localhost on a port of its own with %s', async (version, scheme, plainHttpFallback) => {
		const files = { '/etc/containerd/config.toml': version.startsWith('1') ? olderConfig : config };
		const { hosts } = await routeOf({ files, version, image: 'localhost:5000/app' });
		expect(hosts).toMatchObject([{ endpoint: { scheme, port: 5000 }, plainHttpFallback, via: 'upstream' }]);
	});
});

describe('a file that containerd passes over', () => {
	test.each([
		['a = ', 1],
		['server = 5', 1],
		['[host]\n"https://m" = 1', 2],
		['[host."https://m"]\ncapabilities = "pull"', 2],
		['[host."https://m"]\nskip_verify = "true"', 2],
		['[host."https://m"]\nca = 5', 2],
		['[host."https://m"]\nca = [["a"]]', 2],
		['[host."https://m"]\nclient = [["a"]]', 2],
		['[host."https://m"]\nheader = "a: b"', 2],
		['[host."https://m".header]\na = 5', 2],
		['[host."https://m"]\ndial_timeout = "soon"', 2],
		['[host."https://m:port"]\n', 1],
		['[[host]]\n', 1],
	])('%j', async (hosts, line) => {
		const route = await routeOf({ files: withHosts(hosts) });
		expect([urls(route.hosts), route.faults.map(faultText)]).toEqual([
			[upstream],
			[`${hostsFile}:${line} file_invalid`],
		]);
	});

	test('gives way to the certificates beside it', async () => {
		const { pem } = await createAuthority();
		const beside = { '/etc/containerd/certs.d/registry.example/ca.crt': pem };
		const { hosts } = await routeOf({ files: withHosts('[', beside) });
		expect(hosts).toMatchObject([{ via: 'upstream', cas: ['/etc/containerd/certs.d/registry.example/ca.crt'] }]);
	});

	test('a server alone is nothing to 1.6', async () => {
		const { hosts, faults } = await routeOf({ files: older('\nserver = "https://m"\n'), version: '1.6.20' });
		expect([urls(hosts), faults.map(faultText)]).toEqual([[upstream], [`${hostsFile}:2 setting_ignored`]]);
	});

	test('a host that cannot be asked is left out, and the others stay', async () => {
		const { hosts, faults } = await routeOf({ files: withHosts('[host."httpd"]\n[host."https://m"]\n') });
		expect([urls(hosts), faults.map(faultText)]).toEqual([
			['https://m/v2', upstream],
			[`${hostsFile}:1 setting_invalid`],
		]);
	});
});

test('faults of all registries are told, whatever image is asked for', async () => {
	const files = withHosts('[', { '/etc/containerd/certs.d/other/hosts.toml': '[host."https://m"]\nca = "no"\n' });
	expect((await faultsOf({ files })).toSorted()).toEqual([
		'/etc/containerd/certs.d/other/hosts.toml:2 certificate_unusable',
		`${hostsFile}:1 file_invalid`,
	]);
});
