import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/** Keeps the last line that it reads, and runs it when nobody is left to write one: also after a SIGKILL. */
const keeper = 'while IFS= read -r line; do last=$line; done; eval "$last"';

const processes = new Set<number>();
const directories = new Set<string>();
let keeping: Writable | undefined;

function tell(): void {
	keeping ??= startKeeper();
	const kill = processes.size > 0 ? `kill -KILL ${[...processes].join(' ')};` : '';
	const quoted = [...directories].map((path) => `'${path.replaceAll("'", `'\\''`)}'`);
	keeping.write(`${kill} ${quoted.length > 0 ? `rm -rf ${quoted.join(' ')};` : ''}\n`);
}

/** It has a session of its own, so that Ctrl-C does not end it too. */
function startKeeper(): Writable {
	const child = spawn('/bin/sh', ['-c', keeper], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
	child.unref();
	if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
	return child.stdin;
}

/** What is to be ended and removed should this process die before it has done so itself. */
export const leftovers = {
	addProcess(id: number): void {
		processes.add(id);
		tell();
	},
	forgetProcess(id: number): void {
		processes.delete(id);
		tell();
	},
	addDirectory(path: string): void {
		directories.add(path);
		tell();
	},
	forgetDirectory(path: string): void {
		directories.delete(path);
		tell();
	},
};
