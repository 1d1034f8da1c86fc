import type { NodeFault } from '../fault.ts';
import type { Unread } from '../found.ts';
import { readBytes } from '../nodeFile.ts';
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
	const found = readBytes(root, file);
	if (found.state === 'read') return { variables: parseEnvironment(found.value.toString(), file) };
	const detail = `${found.state === 'missing' ? 'the process is gone' : whyOf(found)}: ${then}`;
	return { variables: new Map(), fault: { file, fault: 'file_unreadable', detail } };
}

const then = 'what its unit says is taken instead';

function whyOf({ why, code }: Unread): string {
	if (code !== 'EACCES' && code !== 'EPERM') return `it ${why}`;
	return 'permission denied: the agent needs hostPID, and to run as root with the capability SYS_PTRACE';
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
