import { configuredEndpoint } from '../../../src/node/runtime/endpoint.ts';
import { installedPackage } from '../../../src/node/runtime/packages.ts';
import { processesNamed } from '../../../src/node/runtime/processes.ts';
import { readSystem } from '../../../src/node/runtime/system.ts';
import { must, mustBeSmall, mustPrint } from '../contract.ts';
import { NodeRoot, partsOf } from '../nodeRoot.ts';
import type { Target } from '../target.ts';

const root = new NodeRoot();

/** stat, cgroup, command line and status of a process, dpkg's database, os-release, the kubelet's configuration. */
function check(input: Buffer): readonly string[] {
	const [stat = '', cgroup = '', command = '', status = '', packages = '', release = '', kubelet = ''] = partsOf(input);
	root.write({
		'proc/7/comm': 'containerd\n',
		'proc/7/stat': stat,
		'proc/stat': stat,
		'proc/7/cgroup': cgroup,
		'proc/7/cmdline': command,
		'proc/7/status': status,
		'var/lib/dpkg/status': packages,
		'etc/os-release': release,
		'var/lib/kubelet/config.yaml': kubelet,
	});
	const [process] = processesNamed(root.path, ['containerd']);
	mustBeSmall(process, 10 * input.length + 500);
	must(process?.startedAt === undefined || Number.isFinite(process.startedAt), 'a start that is no time');
	must(process?.unit === undefined || process.unit.endsWith('.service'), 'a unit that is no service');
	const found = installedPackage(root.path, ['containerd', 'containerd.io']);
	must((found?.version.length ?? 0) <= 200, 'a version without end');
	const { os } = readSystem(root.path);
	mustPrint(os ?? '', 200);
	const { startedAt, unit } = process ?? {};
	return [
		`${process !== undefined} ${startedAt !== undefined} ${unit !== undefined} ${found !== undefined} ${os !== undefined} ${configuredEndpoint(root.path)}`,
	];
}

export const target: Target = {
	name: 'nodeState',
	source: 'src/node/runtime/processes.ts, packages.ts, endpoint.ts, system.ts',
	writer: 'the kernel and files of the node; a process chooses its own name',
	shape: 'lines',
	most: 1024 * 1024,
	seeds: [
		[
			`7 (a) b) S 1 7 7 0 -1 4194560 1 1 1 1 1 1 1 1 20 0 9 0 500 1 1\nbtime 1700000000`,
			'0::/system.slice/containerd.service\n1:name=systemd:/kubepods.slice/x.service/y',
			'/usr/bin/containerd\0--config\0/x\0',
			'Name:\tcontainerd\nNSpid:\t7\n',
			'Package: containerd\nStatus: install ok installed\nVersion: 1.6.20~ds1-1\n\nPackage: x\nVersion: 1\n',
			'NAME=x\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
			'containerRuntimeEndpoint: "unix:///run/containerd/containerd.sock"\n',
		].join('\n%%\n'),
		"\n%%\n\n%%\n\n%%\nNSpid:\t7\t1\n%%\nP:x\n%%\nPRETTY_NAME='\u001b[31m'\n%%\n--container-runtime-endpoint=unix:///var/run/crio/crio.sock",
	],
	words: [
		'btime ',
		'.service',
		'/',
		'NSpid:\t',
		'Package: ',
		'Version: ',
		'Status: ',
		' installed',
		'PRETTY_NAME=',
		'"',
		"'",
		'containerRuntimeEndpoint: ',
		'crio',
		'containerd',
		'\n\n',
		'\n%%\n',
		')',
		'\0',
		' ',
	],
	check,
};
