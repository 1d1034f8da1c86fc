import { spawnSync } from 'node:child_process';
import { environment } from '../../netns/namespace.ts';

type Command = readonly [command: string, ...args: string[]];

const tools = 'npm run test:tools';

/** What nodes need → what gets it, and the command that shows that it is there and may be used. */
const needs: Readonly<Record<string, readonly [remedy: string, command: Command]>> = {
	Linux: ['a machine with Linux', ['test', '-d', '/proc/self/ns']],
	'the right to make namespaces and mounts': [
		'run it as root',
		['unshare', '--mount', '--net', '--pid', '--fork', '--uts', 'true'],
	],
	'the right to make cgroups': ['run it where /sys/fs/cgroup can be written', ['test', '-w', '/sys/fs/cgroup']],
	'util-linux (setpriv, nsenter)': ['apt-get install util-linux', ['setpriv', '--version']],
	'the file system overlay': [
		'a kernel that has it: modprobe overlay',
		['grep', '-qw', 'overlay', '/proc/filesystems'],
	],
	tar: ['apt-get install tar', ['tar', '--version']],
	iproute2: [tools, ['ip', '-Version']],
	nftables: [tools, ['nft', '--version']],
	procps: [tools, ['sysctl', '--version']],
	runc: [tools, ['runc', '--version']],
	'containernetworking-plugins': [tools, ['test', '-x', '/usr/lib/cni/bridge']],
	buildah: [tools, ['buildah', '--version']],
	'3 GB of free memory': [
		'end other programs',
		['sh', '-c', 'test "$(sed -n "s/^MemAvailable: *\\([0-9]*\\) kB/\\1/p" /proc/meminfo)" -ge 3000000'],
	],
};

/** What is missing on this machine, and what gets it, a line each. */
export function missingParts(): string[] {
	const missing = Object.entries(needs).filter(([, [, [command, ...args]]]) => {
		return spawnSync(command, args, { stdio: 'ignore', env: environment }).status !== 0;
	});
	return missing.map(([name, [remedy]]) => `missing: ${name} (${remedy})`);
}
