import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { compileCache } from '../compileCache.ts';

/** What a command wrote, and how it ended. */
export interface Ended {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/**
 * Runs registry-probe as a process of its own, with nothing that concerns it in its environment but what is given; `uid`:
 * as this user.
 */
export async function registryProbe(
	args: readonly string[],
	environment: Readonly<Record<string, string>> = {},
	uid?: number,
): Promise<Ended> {
	const child = spawn(process.execPath, ['src/main.ts', ...args], {
		env: { ...compileCache, ...environment },
		stdio: ['ignore', 'pipe', 'pipe'],
		...(uid !== undefined && { uid, gid: uid }),
	});
	const code = new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
	return { code: await code, stdout, stderr };
}
