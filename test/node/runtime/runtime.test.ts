import { release } from 'node:os';

import { describe, expect, test } from 'vitest';

import { unitOf } from '../../../src/node/runtime/processes.ts';
import { readRuntime } from '../../../src/node/runtime/runtime.ts';
import { readSystem } from '../../../src/node/runtime/system.ts';
import { makeNode } from '../../fakes/node.ts';
import { goProgram } from './goProgram.ts';
import { startNamed, write } from './mirrored.ts';

const build = (version: string) =>
	goProgram([
		'mod\tgithub.com/containerd/containerd/v2\t(devel)\t',
		`build\t-ldflags="-X github.com/containerd/containerd/v2/version.Version=${version} -s -w"`,
	]);

describe('without a process', () => {
	test('the setting wins over what is installed', async () => {
		await using node = await makeNode();
		write(node.root, 'usr/bin/containerd', build('v2.2.9'));
		expect(readRuntime(node.root, 'cri-o/1.37.0')).toMatchObject({
			name: 'cri-o',
			version: '1.37.0',
			source: 'configuration',
			present: false,
		});
		expect(readRuntime(node.root, 'containerd/1.7.35')).toMatchObject({ version: '1.7.35', present: true });
	});

	test('the installed program says its version', async () => {
		await using node = await makeNode();
		write(node.root, 'usr/local/bin/containerd', build('v2.2.9'));
		expect(readRuntime(node.root, 'auto')).toMatchObject({
			name: 'containerd',
			version: '2.2.9',
			source: '/usr/local/bin/containerd',
			distribution: 'plain',
			present: true,
		});
	});

	test('a program that says none has that of its package', async () => {
		const dpkg = 'Package: containerd\nStatus: install ok installed\nVersion: 1.6.20~ds1-1+deb12u3\n';
		await using node = await makeNode({ files: { 'usr/bin/containerd': 'no program', 'var/lib/dpkg/status': dpkg } });
		expect(readRuntime(node.root, 'auto')).toMatchObject({
			version: '1.6.20',
			source: '/var/lib/dpkg/status (containerd 1.6.20~ds1-1+deb12u3)',
		});
	});

	test('a program that nobody knows the version of is said to be assumed', async () => {
		await using node = await makeNode({ files: { 'usr/bin/containerd': '' } });
		expect(readRuntime(node.root, 'auto')).toMatchObject({
			version: '2.4.2',
			present: true,
			source: expect.stringMatching(/^assumed: /) as unknown,
		});
	});

	test('CRI-O says its version in a file of its own', async () => {
		await using node = await makeNode({
			files: { 'usr/bin/crio': '', 'run/crio/version': '"1.34.2+0123abc"', 'var/lib/crio/version': '"1.33.0"' },
		});
		expect(readRuntime(node.root, 'auto')).toMatchObject({
			name: 'cri-o',
			version: '1.34.2',
			source: '/run/crio/version',
		});
	});

	test('of two runtimes the kubelet’s counts', async () => {
		const files = { 'usr/bin/crio': '', 'run/crio/version': '"1.34.2"' };
		await using node = await makeNode({ files });
		write(node.root, 'usr/bin/containerd', build('v2.2.9'));
		for (const [name, file, text] of [
			['containerd', 'var/lib/kubelet/config.yaml', 'containerRuntimeEndpoint: unix:///run/containerd/containerd.sock'],
			['cri-o', 'var/lib/kubelet/config.yaml', 'containerRuntimeEndpoint: "unix:///var/run/crio/crio.sock"'],
		] as const) {
			await node.write(file, text);
			expect(readRuntime(node.root, 'auto').name).toBe(name);
		}
	});

	test.each(['k3s', 'rke2'] as const)('%s brings its own', async (distribution) => {
		await using node = await makeNode({ files: { 'usr/bin/containerd': '' } });
		const path = {
			k3s: 'var/lib/rancher/k3s/data/current/bin/containerd',
			rke2: 'var/lib/rancher/rke2/bin/containerd',
		};
		write(node.root, path[distribution], build('v2.1.5-k3s1'));
		expect(readRuntime(node.root, 'auto')).toMatchObject({ distribution, version: '2.1.5' });
	});

	test('a node that shows nothing has the newest containerd that we know', async () => {
		await using node = await makeNode();
		expect(readRuntime(node.root, 'auto')).toMatchObject({
			name: 'containerd',
			version: '2.4.2',
			present: false,
			source: expect.stringContaining('assumed') as unknown,
		});
	});
});

describe('with a process', () => {
	test('its program counts, wherever it lies, and it says since when it runs and for which unit', async () => {
		using process = await startNamed('containerd', {}, ['-c', '/data/k3s/agent/etc/containerd/config.toml']);
		await using node = await makeNode({ files: { 'usr/bin/containerd': '' } });
		process.mirror(node.root, { cgroup: '0::/system.slice/k3s.service\n', exe: build('v2.1.5-k3s1') });
		const found = readRuntime(node.root, 'auto');
		expect(found).toMatchObject({
			distribution: 'k3s',
			version: '2.1.5',
			process: { pid: process.pid, unit: 'k3s.service' },
		});
		expect(Math.abs((found.process?.startedAt ?? 0) - Date.now() / 1000)).toBeLessThan(5);
		expect(found.process?.arguments.slice(-2)).toEqual(['-c', '/data/k3s/agent/etc/containerd/config.toml']);
		expect(found.files).toContain(`/proc/${process.pid}`);
	});

	test('a runtime inside of a container is not the node’s', async () => {
		using process = await startNamed('containerd');
		await using node = await makeNode();
		process.mirror(node.root, { status: `Name:\tcontainerd\nNSpid:\t${process.pid}\t17\n` });
		expect(readRuntime(node.root, 'auto').present).toBe(false);
	});

	test('a containerd that Docker started for itself is not Kubernetes’', async () => {
		using process = await startNamed('containerd', {}, ['--config', '/var/run/docker/containerd/containerd.toml']);
		await using node = await makeNode();
		process.mirror(node.root);
		expect(readRuntime(node.root, 'auto').present).toBe(false);
	});

	test('the one that runs counts before one that is only installed', async () => {
		using process = await startNamed('crio');
		await using node = await makeNode({ files: { 'run/crio/version': '"1.37.0"' } });
		write(node.root, 'usr/bin/containerd', build('v2.2.9'));
		process.mirror(node.root);
		expect(readRuntime(node.root, 'auto')).toMatchObject({ name: 'cri-o', version: '1.37.0' });
	});
});

test.each([
	['0::/system.slice/containerd.service\n', 'containerd.service'],
	['12:cpu:/system.slice/k3s.service/kubepods\n0::/\n', 'k3s.service'],
	['0::/../../system.slice/docker.service/x/system.slice/crio.service/a', 'crio.service'],
	['0::/user.slice/session-1.scope\n', undefined],
	['', undefined],
])('%j belongs to the unit %j', (text, unit) => {
	expect(unitOf(text)).toBe(unit);
});

test('kernel, distribution and platform are the node’s', async () => {
	await using node = await makeNode({
		files: { 'etc/os-release': 'NAME=x\nPRETTY_NAME="Debian\u0007 12"\n', 'proc/sys/kernel/osrelease': '6.8.0-45\n' },
	});
	expect(readSystem(node.root)).toMatchObject({ kernel: '6.8.0-45', os: 'Debian\uFFFD 12', platform: { os: 'linux' } });
	await using bare = await makeNode();
	expect(readSystem(bare.root)).toMatchObject({ kernel: release() });
});
