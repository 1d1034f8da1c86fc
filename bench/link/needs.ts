import { spawnSync } from 'node:child_process';
import { environment } from '../../test/netns/namespace.ts';

/** What the link needs → what shows that it is there and may be used. */
const needs: Readonly<Record<string, readonly [string, ...string[]]>> = {
	iproute2: ['ip', '-Version'],
	procps: ['sysctl', '--version'],
	'util-linux': ['nsenter', '--version'],
	'the right to make network namespaces (root)': ['unshare', '--net', 'true'],
};

/** What is missing for a link between namespaces, by name; empty when nothing is. */
export function missingForLink(): string {
	if (process.platform !== 'linux') return 'Linux';
	const missing = Object.entries(needs).filter(
		([, [command, ...words]]) => spawnSync(command, words, { stdio: 'ignore', env: environment }).status !== 0,
	);
	return missing.map(([name]) => name).join(', ');
}
