import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** What a command wrote, and how it ended. */
export interface Ran {
	readonly stdout: string;
	readonly stderr: string;
	readonly code: number | null;
	/** Its command line, as everybody on the machine could read it while it ran. */
	readonly commandLine: string;
}

/** Runs a command of the program to its end. */
export async function runCommand(...words: readonly string[]): Promise<Ran> {
	const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
	let [stdout, stderr] = ['', ''];
	child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
	await once(child, 'close');
	return { stdout, stderr, code: child.exitCode, commandLine: child.spawnargs.join(' ') };
}
