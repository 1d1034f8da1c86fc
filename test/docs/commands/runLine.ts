import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Sandbox } from './sandbox.ts';

/** What a line of shell wrote, and how it ended. */
export interface Ended {
	readonly code: number | null;
	readonly output: string;
}

/** Runs a line as bash reads it in the sandbox; with `enough` it is told to end as soon as it has said that. */
export async function runLine(
	line: string,
	sandbox: Pick<Sandbox, 'directory' | 'environment'>,
	enough?: RegExp,
): Promise<Ended> {
	const child = spawn('bash', ['-c', line], {
		cwd: sandbox.directory,
		env: sandbox.environment,
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true,
	});
	let output = '';
	let told = false;
	const hear = (text: string) => {
		output += text;
		// Once: a program may take a second signal for impatience.
		if (told || !enough?.test(output)) return;
		told = true;
		end(child);
	};
	child.stdout.setEncoding('utf8').on('data', hear);
	child.stderr.setEncoding('utf8').on('data', hear);
	await once(child, 'close');
	return { code: child.exitCode, output };
}

/** The shell and what it has started. */
function end({ pid }: ChildProcess): void {
	if (pid !== undefined) process.kill(-pid, 'SIGTERM');
}
