import { readFileSync } from 'node:fs';

import type { NodeFault } from '../fault.ts';
import { resolveBelow } from '../root.ts';
import type { Variable, Variables } from './variable.ts';

/** What a process of the node was started with, or why that cannot be seen. */
export interface ProcessVariables {
	readonly variables: Variables;
	readonly fault?: NodeFault;
}

/** Environments are smaller than the 2 MiB that Linux allows. */
const mostVariables = 10_000;

/**
 * The environment with which a process was started, from the node's /proc below `root` (proc_pid_environ(5)). Of two
 * variables with one name the first counts, as for Go. Throws only when this process is out of descriptors.
 */
export function readProcessVariables(root: string, pid: number): ProcessVariables {
	const file = `/proc/${pid}/environ`;
	try {
		// The kernel says such a file is empty: its size is known only when it has been read.
		return { variables: parseEnvironment(readFileSync(resolveBelow(root, file), 'utf8'), file) };
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
		if (code === 'EMFILE' || code === 'ENFILE') throw error;
		return { variables: new Map(), fault: { file, fault: 'file_unreadable', detail: detailOf(code) } };
	}
}

function detailOf(code: string): string {
	const then = 'what its unit says is taken instead';
	if (code === 'ENOENT' || code === 'ESRCH') return `the process is gone: ${then}`;
	if (code !== 'EACCES' && code !== 'EPERM') return `it cannot be read (${code}): ${then}`;
	return `permission denied: the agent needs hostPID, and to run as root with the capability SYS_PTRACE; ${then}`;
}

/** Reads `NAME=value` texts that each end in a zero byte. */
export function parseEnvironment(text: string, file: string): Variables {
	const variables = new Map<string, Variable>();
	for (const entry of text.split('\0', mostVariables)) {
		const equals = entry.indexOf('=');
		const name = entry.slice(0, Math.max(0, equals));
		if (name !== '' && !variables.has(name)) {
			variables.set(name, { name, value: entry.slice(equals + 1), source: { file } });
		}
	}
	return variables;
}
