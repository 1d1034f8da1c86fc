import { execFile, spawnSync } from 'node:child_process';

import { environment } from '../netns/namespace.ts';
import type { Outcome } from './run.ts';

/** How a process gets a network namespace of its own: as root, or as root of a user namespace. */
const ways = [['--net'], ['--map-root-user', '--net']] as const;
const way = ways.find((options) => spawnSync('unshare', [...options, 'true']).status === 0);

const needs = ['ip', 'nft', 'sysctl'];

/** What is missing for the pulls to be tried; undefined when nothing is. */
export function lacking(): string | undefined {
	if (!way) return 'the right to make network namespaces';
	const missing = needs.filter((name) => spawnSync(name, ['--version'], { env: environment }).error !== undefined);
	return missing.length > 0 ? missing.join(', ') : undefined;
}

/** Tries every recorded scenario in a network of its own, and tells what the program says of each. */
export async function tryAll(): Promise<readonly Outcome[]> {
	return JSON.parse(await inNamespace(new URL('run.ts', import.meta.url), [], 175)) as readonly Outcome[];
}

/** What a script writes that runs in a network of its own for so many seconds at most. Rejects with what it complained of. */
export async function inNamespace(script: URL, args: readonly string[], seconds: number): Promise<string> {
	const command = [...(way ?? []), process.execPath, '--no-warnings', script.pathname, ...args];
	return await new Promise<string>((resolve, reject) => {
		const options = { maxBuffer: 64 * 1024 ** 2, timeout: seconds * 1000, env: environment };
		execFile('unshare', command, options, (error, stdout, stderr) => {
			if (error) reject(new Error(`${error.message}\n${stderr}`));
			else resolve(stdout);
		});
	});
}
