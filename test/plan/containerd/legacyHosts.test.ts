import { describe, expect, test } from 'vitest';

import { createAuthority } from '../../fakes/authority.ts';
import { faultText, faultsOf, routeOf, urls } from './facts.ts';

const main = '/etc/containerd/config.toml';
const older = (registry: string) => `version = 2\n[plugins."io.containerd.grpc.v1.cri".registry]\n${registry}`;
const mirrors = (name: string, endpoints: string) => older(`mirrors."${name}".endpoint = [${endpoints}]\n`);
const upstream = 'https://registry.example/v2';

describe.each(['1.6.20', '1.7.35', '2.1.9', '2.4.2'])('mirrors in config.toml with %s', (version) => {
	test('stand before the upstream, with their paths as they are', async () => {
		const files = { [main]: mirrors('registry.example', '"https://a", "http://b:5000/x", "c/v2", "https://d/"') };
		const { hosts } = await routeOf({ files, version });
		expect(urls(hosts)).toEqual(['https://a/v2', 'http://b:5000/x', 'https://c/v2', 'https://d', upstream]);
		expect(hosts.map(({ via }) => via)).toEqual(['mirror', 'mirror', 'mirror', 'mirror', 'upstream']);
		expect(hosts[0]).toMatchObject({ namespace: 'registry.example', source: { file: main, line: 3 } });
	});

	test('the upstream is not repeated', async () => {
		const files = { [main]: mirrors('registry.example', '"https://registry.example", "https://a"') };
		expect(urls((await routeOf({ files, version })).hosts)).toEqual([upstream, 'https://a/v2']);
	});

	test('* stands for every registry that is not named', async () => {
		const named = mirrors('other', '"https://named"');
		const files = { [main]: `${named}mirrors."*".endpoint = ["https://all"]\n` };
		expect(urls((await routeOf({ files, version })).hosts)).toEqual(['https://all/v2', upstream]);
		const other = await routeOf({ files: { [main]: named.replace('other', 'docker.io') }, version, image: 'busybox' });
		expect(urls(other.hosts)).toEqual(['https://named/v2', 'https://registry-1.docker.io/v2']);
	});

	test('localhost is plain HTTP', async () => {
		const files = { [main]: mirrors('x', '"https://y"') };
		const { hosts } = await routeOf({ files, version, image: 'localhost:5000/app' });
		expect(hosts).toMatchObject([
			{ endpoint: { scheme: 'http', port: 5000 }, plainHttpFallback: false, via: 'upstream' },
		]);
	});

	test('an endpoint that is no URL stops everything', async () => {
		const files = { [main]: mirrors('registry.example', '"https://a:b"') };
		const { refused, faults } = await routeOf({ files, version });
		expect(refused).toBeDefined();
		expect(faults.map(faultText)).toEqual([`${main}:3 setting_invalid`]);
	});
});

describe('certificates in config.toml', () => {
	const tls = (keys: string) =>
		`${mirrors('registry.example', '"https://m:5000"')}configs."m:5000".tls = { ${keys} }\n`;

	test('are used by containerd 1 and not by 2', async () => {
		const { pem } = await createAuthority();
		const files = { [main]: tls('ca_file = "/ca.pem", insecure_skip_verify = true'), '/ca.pem': pem };
		const { hosts } = await routeOf({ files, version: '1.7.35' });
		expect(hosts.map(({ cas, insecure }) => ({ cas, insecure }))).toEqual([
			{ cas: ['/ca.pem'], insecure: true },
			{ cas: [], insecure: false },
		]);
		const newer = await routeOf({ files });
		expect(newer.hosts[0]).toMatchObject({ cas: [], insecure: false });
		expect(newer.faults.map(faultText)).toEqual([`${main}:4 setting_ignored`]);
	});

	test.each(['ca_file = "/no.pem"', 'cert_file = "/no.pem"', 'cert_file = "/no.pem", key_file = "/no.key"'])(
		'%s makes containerd give up',
		async (keys) => {
			const { refused, faults } = await routeOf({ files: { [main]: tls(keys) }, version: '1.7.35' });
			expect(refused).toBeDefined();
			expect(faults.map(faultText)).toEqual([`${main}:4 certificate_unusable`]);
		},
	);

	test('a CA file without any certificate is taken', async () => {
		const files = { [main]: tls('ca_file = "/ca.pem"'), '/ca.pem': 'nothing' };
		const { refused, faults } = await routeOf({ files, version: '1.7.35' });
		expect([refused, faults.map(faultText)]).toEqual([undefined, [`${main}:4 certificate_unusable`]]);
	});
});

test('faults of mirrors are told, whatever image is asked for', async () => {
	expect(await faultsOf({ files: { [main]: mirrors('x', '"https://a:b"') }, version: '1.7.35' })).toEqual([
		`${main}:3 setting_invalid`,
	]);
});
