import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { readRuntimeEnvironment } from '../../../src/node/environment/environment.ts';
import { readProcessVariables } from '../../../src/node/environment/processVariables.ts';
import { readRuntime } from '../../../src/node/runtime/runtime.ts';
import { makeNode, type Node } from '../../fakes/node.ts';
import { startNamed } from '../runtime/mirrored.ts';

const unit = '/etc/systemd/system/containerd.service';
const proxyFile = '/etc/systemd/system/containerd.service.d/proxy.conf';
const cgroup = '0::/system.slice/containerd.service\n';
const withProxy = (value: string) => `[Service]\nEnvironment=HTTPS_PROXY=${value}\n`;
const service = '[Service]\nExecStart=/usr/bin/containerd\n';

const read = ({ root }: Node, configured = 'auto') => readRuntimeEnvironment(root, readRuntime(root, configured));

/** Seconds from now, as the time of a file. */
function touch({ root }: Node, file: string, seconds: number): void {
	const time = Date.now() / 1000 + seconds;
	utimesSync(join(root, file), time, time);
}

describe('without a process', () => {
	test('the unit says the proxy, by file and line', async () => {
		await using node = await makeNode({ files: { [unit]: service, [proxyFile]: withProxy('http://me:geheim@p:1') } });
		const found = read(node, 'containerd/2.4.2');
		expect(found.httpsProxy).toMatchObject({ name: 'HTTPS_PROXY', source: { file: proxyFile, line: 2 } });
		expect(found.httpsProxy?.value.reveal()).toBe('http://me:geheim@p:1');
		expect(found).toMatchObject({ reader: 'containerd.service', faults: [] });
		expect(JSON.stringify(found)).not.toContain('geheim');
		expect(found.files).toEqual(expect.arrayContaining([unit, proxyFile, '/etc/systemd/system/containerd.service.d']));
	});

	test('the upper case counts before the lower case, and an empty value as none', async () => {
		const text =
			'[Service]\nEnvironment=https_proxy=low:1 HTTPS_PROXY=up:1 HTTP_PROXY= http_proxy=low:2 no_proxy=a,b\n';
		await using node = await makeNode({ files: { [unit]: text } });
		const { httpsProxy, httpProxy, noProxy } = read(node, 'containerd/2.4.2');
		expect([httpsProxy?.value.reveal(), httpProxy?.value.reveal(), noProxy?.value]).toEqual(['up:1', 'low:2', 'a,b']);
	});

	test('what Go reads of certificates and its own settings is told', async () => {
		const text = '[Service]\nEnvironment=SSL_CERT_FILE=/a.pem SSL_CERT_DIR=/a:/b GODEBUG=tlsmlkem=0\n';
		await using node = await makeNode({ files: { [unit]: text } });
		const { sslCertFile, sslCertDir, godebug } = read(node, 'containerd/2.4.2');
		expect([sslCertFile?.value, sslCertDir?.value, godebug?.value]).toEqual(['/a.pem', '/a:/b', 'tlsmlkem=0']);
	});

	test('nothing is said about a node that shows no runtime', async () => {
		await using node = await makeNode();
		const { reader, faults, files } = read(node);
		expect({ reader, faults }).toEqual({ reader: 'nobody', faults: [] });
		expect(files).toEqual(expect.arrayContaining([unit, `${unit}.d`]));
	});

	test('a runtime whose unit and process cannot be seen is a fault', async () => {
		await using node = await makeNode({ files: { 'usr/bin/containerd': '' } });
		expect(read(node)).toMatchObject({ reader: 'nobody', faults: [{ fault: 'file_unreadable', file: '/proc' }] });
	});
});

describe('k3s and RKE2', () => {
	test('hand CONTAINERD_… on under the name behind it, over what stands there', async () => {
		await using node = await makeNode({
			files: {
				'etc/systemd/system/k3s.service':
					'[Service]\nEnvironmentFile=-/etc/default/%N\nEnvironmentFile=-/etc/systemd/system/k3s.service.env\n',
				'etc/systemd/system/k3s.service.env': "HTTPS_PROXY='all:1'\nCONTAINERD_HTTPS_PROXY='own:1'\n",
				'var/lib/rancher/k3s/data/current/bin/containerd': '',
			},
		});
		const { httpsProxy, reader } = read(node);
		expect(httpsProxy?.value.reveal()).toBe('own:1');
		expect(httpsProxy).toMatchObject({
			name: 'CONTAINERD_HTTPS_PROXY',
			source: { file: '/etc/systemd/system/k3s.service.env', line: 2 },
		});
		expect(reader).toBe('k3s.service');
	});

	test('are known by their environment files where there is no unit', async () => {
		await using node = await makeNode({
			files: { 'etc/default/rke2-agent': 'HTTPS_PROXY=p:1', 'var/lib/rancher/rke2/bin/containerd': '' },
		});
		expect(read(node)).toMatchObject({ reader: 'files', httpsProxy: { source: { file: '/etc/default/rke2-agent' } } });
	});
});

describe('a proxy in a file that no unit names', () => {
	test.each(['/etc/environment', '/etc/default/containerd'])('is ignored, which is a fault: %s', async (file) => {
		await using node = await makeNode({ files: { [unit]: service, [file]: 'HTTPS_PROXY=http://me:geheim@p:1' } });
		const found = read(node, 'containerd/2.4.2');
		expect(found.httpsProxy).toBeUndefined();
		expect(found.faults).toMatchObject([{ fault: 'setting_ignored', file, line: 1 }]);
		expect(JSON.stringify(found)).not.toContain('geheim');
	});

	test('is no fault where the runtime has another', async () => {
		const files = { [unit]: withProxy('p:1'), '/etc/environment': 'https_proxy=q:1' };
		await using node = await makeNode({ files });
		expect(read(node, 'containerd/2.4.2').faults).toEqual([]);
	});
});

describe('with a process', () => {
	test('its own environment counts, with the place in the unit where that stands', async () => {
		using process = await startNamed('containerd', { HTTPS_PROXY: 'http://me:geheim@p:1', NO_PROXY: 'from.the.shell' });
		await using node = await makeNode({ files: { [unit]: service, [proxyFile]: withProxy('http://me:geheim@p:1') } });
		touch(node, proxyFile, -3600);
		process.mirror(node.root, { cgroup });
		const found = read(node);
		expect(found).toMatchObject({
			reader: `process ${process.pid}`,
			httpsProxy: { source: { file: proxyFile, line: 2 } },
			noProxy: { value: 'from.the.shell', source: { file: `/proc/${process.pid}/environ` } },
			faults: [],
		});
		expect(found.files).toContain(`/proc/${process.pid}`);
	});

	test('a proxy that was changed after it started is a fault, and the old one counts', async () => {
		using process = await startNamed('containerd', { HTTPS_PROXY: 'old:1' });
		await using node = await makeNode({ files: { [unit]: service, [proxyFile]: withProxy('new:1') } });
		touch(node, proxyFile, 60);
		process.mirror(node.root, { cgroup });
		const { httpsProxy, faults } = read(node);
		expect(httpsProxy?.value.reveal()).toBe('old:1');
		expect(faults).toMatchObject([{ fault: 'changed_after_start', file: proxyFile, line: 2 }]);
	});

	test('a proxy that was taken away after it started is a fault', async () => {
		using process = await startNamed('containerd', { HTTPS_PROXY: 'old:1' });
		await using node = await makeNode({ files: { [unit]: service, [proxyFile]: '' } });
		touch(node, unit, -3600);
		touch(node, proxyFile, 60);
		process.mirror(node.root, { cgroup });
		expect(read(node).faults.map(({ fault }) => fault)).toContain('changed_after_start');
	});

	test('a proxy that the unit has had all along, and the process has not, is no such fault', async () => {
		using process = await startNamed('containerd');
		await using node = await makeNode({ files: { [unit]: service, [proxyFile]: withProxy('new:1') } });
		touch(node, proxyFile, -3600);
		process.mirror(node.root, { cgroup });
		expect(read(node)).toMatchObject({ faults: [] });
	});

	test('the unit is the one that the process is in', async () => {
		using process = await startNamed('crio');
		const files = { 'etc/systemd/system/my-crio.service': withProxy('mine:1') };
		await using node = await makeNode({ files: { ...files, 'etc/systemd/system/crio.service': withProxy('not:1') } });
		process.mirror(node.root, { cgroup: '0::/system.slice/my-crio.service\n', environ: '' });
		expect(read(node).faults).toMatchObject([]);
		writeFileSync(join(node.root, 'etc/systemd/system/my-crio.service'), withProxy('http://%Z'));
		expect(read(node).faults).toMatchObject([{ file: '/etc/systemd/system/my-crio.service', line: 2 }]);
	});
});

test('the environment of a real process is read as it was started', async () => {
	using process = await startNamed('anything', { HTTPS_PROXY: 'p:1', EMPTY: '', MANY: 'a=b\nc' });
	const { variables, fault } = readProcessVariables('/', process.pid);
	expect(fault).toBeUndefined();
	expect([...variables.values()].map(({ name, value }) => `${name}=${value}`)).toEqual(
		expect.arrayContaining(['HTTPS_PROXY=p:1', 'EMPTY=', 'MANY=a=b\nc']),
	);
});

test.runIf(process.geteuid?.() === 0)('without the right to it, the fault names the privilege', async () => {
	using child = await startNamed('anything', { HTTPS_PROXY: 'p:1' });
	process.seteuid?.(65_534);
	try {
		expect(readProcessVariables('/', child.pid)).toMatchObject({
			fault: { fault: 'file_unreadable', detail: expect.stringContaining('SYS_PTRACE') as unknown },
		});
	} finally {
		process.seteuid?.(0);
	}
});

test('a process that is gone is a fault', () => {
	expect(readProcessVariables('/', 2 ** 22 + 1).fault?.detail).toContain('gone');
});
