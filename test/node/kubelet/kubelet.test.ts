import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { readKubelet } from '../../../src/node/kubelet/kubelet.ts';
import { shellWords } from '../../../src/node/kubelet/shellWords.ts';
import { makeNode, type Node } from '../../fakes/node.ts';

const flags = (configuration: string, directory: string) =>
	`--image-credential-provider-config=${configuration} --image-credential-provider-bin-dir ${directory}`;

let node: Node;
beforeEach(async () => {
	node = await makeNode();
});
afterEach(() => node.remove());

describe('a process', () => {
	/** A process as it stands under /proc. */
	async function run(pid: number, comm: string, command: readonly string[], environment?: Record<string, string>) {
		await node.write(`/proc/${pid}/comm`, `${comm}\n`);
		await node.write(`/proc/${pid}/cmdline`, command.map((word) => `${word}\0`).join(''));
		if (!environment) return;
		const pairs = Object.entries(environment).map(([name, value]) => `${name}=${value}\0`);
		await node.write(`/proc/${pid}/environ`, pairs.join(''));
		await symlink('/srv', join(node.root, `/proc/${pid}/cwd`));
	}

	test('tells its flags, directory and home', async () => {
		await run(1, 'systemd', ['/sbin/init']);
		const command = ['/usr/bin/kubelet', '--root-dir=/data/kubelet', ...flags('/a.yaml', '/bin').split(' ')];
		await run(77, 'kubelet', command, { HOME: '/home/k', HTTPS_PROXY: 'http://p' });
		const kubelet = readKubelet(node.root);
		expect(kubelet).toMatchObject({
			source: 'process 77',
			rootDirectory: '/data/kubelet',
			workingDirectory: '/srv',
			home: '/home/k',
			providers: { configuration: '/a.yaml', directory: '/bin' },
		});
		expect(kubelet.environment.get('HTTPS_PROXY')).toBe('http://p');
	});

	test('k3s holds the kubelet, and has its own defaults', async () => {
		await run(5, 'k3s-server', ['/usr/local/bin/k3s', 'server'], {});
		await node.write('/var/lib/rancher/credentialprovider/config.yaml', '');
		expect(readKubelet(node.root)).toMatchObject({
			source: 'process 5',
			providers: { directory: '/var/lib/rancher/credentialprovider/bin' },
		});
	});

	test('stands over a unit; the unit says what the process hides', async () => {
		await run(77, 'kubelet', ['kubelet', ...flags('/process.yaml', '/bin').split(' ')]);
		await node.write(
			'/etc/systemd/system/kubelet.service',
			`[Service]\nEnvironment=HOME=/root\nExecStart=kubelet ${flags('/unit.yaml', '/bin')}\n`,
		);
		expect(readKubelet(node.root)).toMatchObject({
			source: 'process 77',
			home: '/root',
			providers: { configuration: '/process.yaml' },
		});
	});

	test('that hides its environment is told by the unit that it belongs to', async () => {
		await run(5, 'k3s-agent', ['/usr/local/bin/k3s', 'agent']);
		await node.write('/proc/5/cgroup', '0::/system.slice/k3s-agent.service\n');
		await node.write('/etc/systemd/system/k3s-agent.service', '[Service]\nEnvironment=HOME=/home/k3s\nExecStart=k3s\n');
		await node.write('/etc/systemd/system/kubelet.service', '[Service]\nEnvironment=HOME=/root\nExecStart=kubelet\n');
		expect(readKubelet(node.root)).toMatchObject({ source: 'process 5', home: '/home/k3s' });
	});

	test("of a container is not the node's", async () => {
		await run(9, 'kubelet', ['kubelet', '--root-dir=/inside'], {});
		await node.write('/proc/9/status', 'Name:\tkubelet\nNSpid:\t9\t1\n');
		expect(readKubelet(node.root)).toMatchObject({ source: 'defaults', rootDirectory: '/var/lib/kubelet' });
	});

	test('that was known and is gone is looked for again', async () => {
		await run(78, 'kubelet', ['kubelet'], {});
		expect(readKubelet(node.root, 77).pid).toBe(78);
		expect(readKubelet(node.root, 78).pid).toBe(78);
	});
});

describe('a unit', () => {
	test('is read as kubeadm writes it', async () => {
		await node.write('/usr/lib/systemd/system/kubelet.service', '[Service]\nExecStart=/usr/bin/kubelet\n');
		await node.write(
			'/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf',
			[
				'# written by kubeadm',
				'[Service]',
				'Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"',
				'EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env',
				'EnvironmentFile=-/etc/default/kubelet',
				'ExecStart=',
				'ExecStart=/usr/bin/kubelet $KUBELET_CONFIG_ARGS \\',
				'  $KUBELET_KUBEADM_ARGS --root-dir=${DATA}/kubelet $KUBELET_EXTRA_ARGS',
				'[Install]',
				'ExecStart=/bin/false',
			].join('\n'),
		);
		await node.write('/var/lib/kubelet/kubeadm-flags.env', 'KUBELET_KUBEADM_ARGS="--a --b=c"\n# X=1\nDATA=/data\n');
		await node.write('/etc/default/kubelet', `KUBELET_EXTRA_ARGS=${flags('/etc/p.yaml', '/opt/bin')}\n`);
		expect(readKubelet(node.root)).toMatchObject({
			source: '/usr/lib/systemd/system/kubelet.service',
			rootDirectory: '/data/kubelet',
			workingDirectory: '/',
			providers: { configuration: '/etc/p.yaml', directory: '/opt/bin' },
		});
		expect(readKubelet(node.root).home).toBeUndefined();
	});

	test('has its specifiers and escapes as systemd reads them', async () => {
		const command = String.raw`kubelet --x=\x22 --eviction-hard=a<5%% "--root-dir=/data/%p"`;
		await node.write('/etc/systemd/system/kubelet.service', `[Service]\nWorkingDirectory=-%S\nExecStart=${command}\n`);
		expect(readKubelet(node.root)).toMatchObject({ rootDirectory: '/data/kubelet', workingDirectory: '/var/lib' });
	});

	test('of an earlier directory, and a drop-in of one, counts', async () => {
		const service = (directory: string, name: string) =>
			node.write(`${directory}/${name}`, `[Service]\nExecStart=kubelet --root-dir=${directory}/${name}\n`);
		await service('/usr/lib/systemd/system', 'kubelet.service');
		await service('/etc/systemd/system', 'kubelet.service');
		expect(readKubelet(node.root).rootDirectory).toBe('/etc/systemd/system/kubelet.service');
		await service('/lib/systemd/system', 'kubelet.service.d/20-x.conf');
		await service('/run/systemd/system', 'kubelet.service.d/20-x.conf');
		await service('/etc/systemd/system', 'kubelet.service.d/10-x.conf');
		expect(readKubelet(node.root).rootDirectory).toBe('/run/systemd/system/kubelet.service.d/20-x.conf');
	});
});

test.each([
	['/etc/eks/image-credential-provider/config.json', '/etc/eks/image-credential-provider'],
	['/etc/srv/kubernetes/cri_auth_config.yaml', '/home/kubernetes/bin'],
	['/var/lib/kubelet/credential-provider-config.yaml', '/var/lib/kubelet/credential-provider'],
])('without process and unit, %s is found', async (configuration, directory) => {
	await node.write(configuration, '');
	expect(readKubelet(node.root)).toMatchObject({ source: 'defaults', providers: { configuration, directory } });
});

test('the arguments of MicroK8s are read', async () => {
	await node.write('/var/snap/microk8s/current/args/kubelet', '# c\n--root-dir=${SNAP}/x\n--root-dir=/var/x\n');
	expect(readKubelet(node.root)).toMatchObject({ rootDirectory: '/var/x' });
});

test('a node that tells nothing has the defaults', () => {
	expect(readKubelet(node.root)).toMatchObject({
		source: 'defaults',
		rootDirectory: '/var/lib/kubelet',
		home: '/root',
	});
	expect(readKubelet(node.root).providers).toBeUndefined();
});

test.each([
	['a b  c', ['a', 'b', 'c']],
	['"a b" c', ['a b', 'c']],
	[`--x="a b"'c d'`, ['--x=a bc d']],
	['a\\ b', ['a b']],
	['"a\\"b"', ['a"b']],
	['', []],
])('%s is the words %j', (line, words) => {
	expect(shellWords(line)).toEqual(words);
});

test('any line is split into words', () => {
	fc.assert(
		fc.property(fc.string(), (line) => {
			expect(shellWords(line).join('').length).toBeLessThanOrEqual(line.length);
		}),
	);
});
