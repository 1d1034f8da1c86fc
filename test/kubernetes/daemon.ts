import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { leftovers } from '../real/leftovers.ts';

/** Starts a program that goes on until it is ended, at the latest with this process. What it writes is added to a file. */
export function startDaemon(program: string, args: readonly string[], log: string): ChildProcess {
	const output = openSync(log, 'a');
	const child = spawn(program, args, { stdio: ['ignore', output, output] });
	closeSync(output);
	const { pid } = child;
	if (pid !== undefined) {
		leftovers.addProcess(pid);
		child.once('exit', () => leftovers.forgetProcess(pid));
	}
	return child;
}

export const isAlive = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

/** Ends it at once: with a watch open, an API server waits for a minute. */
export async function endDaemon(child: ChildProcess | undefined): Promise<void> {
	if (!child || !isAlive(child)) return;
	const exited = once(child, 'exit');
	child.kill('SIGKILL');
	await exited;
}
