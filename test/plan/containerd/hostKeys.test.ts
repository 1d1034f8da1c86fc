import { describe, expect, test } from 'vitest';

import { createAuthority } from '../../fakes/authority.ts';
import { config, faultText, olderConfig, routeOf, withHosts } from './facts.ts';

const hostsFile = '/etc/containerd/certs.d/registry.example/hosts.toml';
const older = (hosts: string) => withHosts(hosts, { '/etc/containerd/config.toml': olderConfig });

describe('keys of a host', () => {
	test('dial_timeout is obeyed by the versions that know it', async () => {
		const hosts = '[host."https://m"]\ndial_timeout = "1m1.5s"\n';
		expect((await routeOf({ files: withHosts(hosts) })).hosts[0]?.dialTimeout).toBe(61.5);
		const { hosts: old, faults } = await routeOf({ files: older(hosts), version: '1.7.35' });
		expect(old[0]).not.toHaveProperty('dialTimeout');
		expect(faults.map(faultText)).toEqual([`${hostsFile}:2 setting_ignored`]);
	});

	test('headers of the node and of the host are added up', async () => {
		const global = `${config}[plugins."io.containerd.cri.v1.images".registry.headers]\nX-Node = ["a"]\nX-Both = ["1"]\n`;
		const files = withHosts('[host."https://m".header]\nx-one = "v"\nx-two = ["a", "b"]\nX-Both = "2"\n', {
			'/etc/containerd/config.toml': global,
		});
		const { hosts } = await routeOf({ files });
		expect(hosts[0]?.headers).toEqual({ 'X-Node': 'a', 'X-Both': '1, 2', 'x-one': 'v', 'x-two': 'a, b' });
		expect(hosts[1]?.headers).toEqual({ 'X-Node': 'a', 'X-Both': '1' });
	});

	test('a header that cannot be sent makes its host useless, and nothing of it is said', async () => {
		const { hosts, faults, refused } = await routeOf({
			files: withHosts('[host."https://m".header]\n"a b" = "hunter2"\nc = "hunter2\\n"\n'),
		});
		expect(hosts.map(({ unusable }) => unusable !== undefined)).toEqual([true, false]);
		expect(faults.map(faultText)).toEqual([`${hostsFile}:2 setting_invalid`, `${hostsFile}:3 setting_invalid`]);
		expect(refused).toBeUndefined();
		expect(JSON.stringify({ hosts, faults })).not.toContain('hunter');
	});

	test('a name of a header is told where it is one', async () => {
		const unusable = async (header: string) =>
			(await routeOf({ files: withHosts(`[host."https://m".header]\n${header}\n`) })).hosts[0]?.unusable;
		expect(await unusable('X-Test = "a\\u0007"')).toBe('the header "X-Test" cannot be sent');
		expect(await unusable('"Authorization: Basic planted" = ""')).not.toContain('planted');
	});

	test('ordinary slips are repeated: a capability, a file that is not there', async () => {
		const faults = async (key: string) =>
			(await routeOf({ files: withHosts(`[host."https://m"]\n${key}\n`) })).faults
				.map(({ detail }) => detail)
				.join('\n');
		expect(await faults('capabilities = ["pull", "resolv"]')).toContain(
			'does not know "resolv" among the capabilities',
		);
		expect(await faults('ca = "certs/ca.pem"')).toContain('/registry.example/certs/ca.pem does not exist');
		expect(await faults('client = [["/a.pem", "b.key"]]')).toContain('/a.pem does not exist');
	});

	test('a CA file that is not there makes containerd give up', async () => {
		const { hosts, refused, faults } = await routeOf({ files: withHosts('[host."https://m"]\nca = ["no.crt"]\n') });
		expect(hosts.map(({ unusable }) => unusable !== undefined)).toEqual([true, false]);
		expect(refused).toContain('/etc/containerd/certs.d/registry.example/no.crt');
		expect(faults.map(faultText)).toEqual([`${hostsFile}:2 certificate_unusable`]);
	});

	test("so does one without a certificate, and a key that is not the certificate's", async () => {
		const [one, other] = await Promise.all([createAuthority(), createAuthority()]);
		const issued = await one.issue({ names: ['client'] });
		const dir = '/etc/containerd/certs.d/registry.example';
		const foreign = await other.issue({ names: ['client'], keyType: 'rsa' });
		const both = { [`${dir}/c.cert`]: issued.cert, [`${dir}/c.key`]: issued.key, [`${dir}/d.key`]: foreign.key };
		const hosts = (key: string) => withHosts(`[host."https://m"]\nclient = [["c.cert", "${key}"]]\n`, both);
		expect((await routeOf({ files: hosts('c.key') })).refused).toBeUndefined();
		expect((await routeOf({ files: hosts('d.key') })).refused).toContain('belongs to another certificate');
		const empty = withHosts('[host."https://m"]\nca = "empty.crt"\n', { [`${dir}/empty.crt`]: 'nothing' });
		expect((await routeOf({ files: empty })).refused).toContain('no certificate');
	});

	test('clients are one file, several files, or pairs', async () => {
		const { hosts } = await routeOf({
			files: withHosts('[host."https://m"]\nclient = ["/a.pem", ["b.cert", "/b.key"]]\n'),
		});
		const dir = '/etc/containerd/certs.d/registry.example';
		expect(hosts[0]?.clientCertificates).toEqual([
			{ certificate: '/a.pem', key: '/a.pem' },
			{ certificate: `${dir}/b.cert`, key: '/b.key' },
		]);
	});
});
