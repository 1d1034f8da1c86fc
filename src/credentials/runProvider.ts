import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

import { checkProgram } from './checkProgram.ts';
import { ProviderFailure } from './providerFailure.ts';

/** A program to run once. */
export interface ProviderCommand {
	/** Its path, as this process sees it. */
	readonly executable: string;
	readonly arguments: readonly string[];
	/** All of its environment. */
	readonly environment: Readonly<Record<string, string>>;
	/** What it reads from its standard input. */
	readonly input: string;
	/** Seconds after which it is ended. */
	readonly timeLimit: number;
	/** Ends it. */
	readonly signal?: AbortSignal | undefined;
}

type Running = ChildProcessByStdio<Writable, Readable, null>;

/** Answers are some kilobytes. */
const mostBytes = 1024 ** 2;
/** What says something about this machine, not about the program. */
const exhausted = new Set(['EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM']);
const causes: Readonly<Record<string, string>> = {
	ENOENT: 'its program is not there, or needs an interpreter that is not',
	EACCES: 'its program may not be executed',
	ENOEXEC: 'its program is not one for this machine',
};

/**
 * Runs a program, without a shell, and gives what it prints. It has a process group of its own, which is killed when the
 * program takes too long or prints more than 1 MiB. Its standard error is not read: it may hold secrets. Rejects with
 * `ProviderFailure`, or with the error of the system when this machine has run out of processes or descriptors.
 */
export async function runProvider(command: ProviderCommand): Promise<string> {
	const { timeLimit, signal } = command;
	const end = AbortSignal.any([AbortSignal.timeout(timeLimit * 1000), ...(signal ? [signal] : [])]);
	if (end.aborted) throw new ProviderFailure('it was stopped', true);
	await checkProgram(command.executable);
	const child = start(command);
	const kill = () => killGroup(child);
	end.addEventListener('abort', kill, { once: true });
	try {
		// One that does not read what it is asked is judged by what it answers.
		child.stdin.on('error', () => undefined);
		child.stdin.end(command.input);
		const [output, status] = await Promise.all([collect(child), ended(child, end)]);
		if (end.aborted)
			throw new ProviderFailure(signal?.aborted ? 'it was stopped' : `it took longer than ${timeLimit} s`, true);
		if (output === undefined) throw new ProviderFailure('it printed more than 1 MiB');
		if (status !== 'exit code 0') throw new ProviderFailure(`it ended with ${status}`);
		return output;
	} finally {
		end.removeEventListener('abort', kill);
		// What it left behind is not to go on.
		kill();
	}
}

function start({ executable, arguments: words, environment }: ProviderCommand): Running {
	try {
		return spawn(executable, words, {
			env: environment,
			cwd: '/',
			stdio: ['pipe', 'pipe', 'ignore'],
			detached: true,
			shell: false,
		});
	} catch (error) {
		throw failureOf(error);
	}
}

/** How it ended: `exit code 1`, `signal SIGKILL`. */
async function ended(child: Running, end: AbortSignal): Promise<string> {
	try {
		const [code, signal]: unknown[] = await once(child, 'close', { signal: end });
		return typeof code === 'number' ? `exit code ${code}` : `signal ${String(signal)}`;
	} catch (error) {
		if (end.aborted) return 'no answer';
		throw failureOf(error);
	}
}

/** All that it prints; undefined when that is too much. */
async function collect(child: Running): Promise<string | undefined> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	try {
		for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
			bytes += chunk.length;
			if (bytes > mostBytes) {
				killGroup(child);
				return undefined;
			}
			chunks.push(chunk);
		}
	} catch {
		// Cut off: the program's end says why.
	}
	return Buffer.concat(chunks).toString('utf8');
}

function killGroup(child: Running): void {
	child.stdout.destroy();
	// Nothing was started.
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, 'SIGKILL');
	} catch {
		// All of it has ended.
	}
}

function failureOf(error: unknown): unknown {
	const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
	return exhausted.has(code) ? error : new ProviderFailure(causes[code] ?? `its program cannot be run (${code})`);
}
