import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

import { unlessExhausted } from '../root.ts';

/** A process of the node that is, or holds, the kubelet. */
export interface KubeletProcess {
	readonly pid: number;
	/** Its command line, program first. May hold secrets. */
	readonly command: readonly string[];
	/** Absent where this process may not see it: it needs root, or the capability SYS_PTRACE. */
	readonly workingDirectory?: string;
	/** Values may be secrets. Absent where this process may not see it. */
	readonly environment?: ReadonlyMap<string, string>;
}

/** k3s holds the kubelet in its own process, and takes the same flags for credential providers. */
const names = new Set(['kubelet', 'k3s-server', 'k3s-agent', 'k3s']);
const mostProcesses = 100_000;

/**
 * The kubelet among the processes of `<root>/proc` (proc(5)); undefined when it is not to be seen there, as in a pod
 * without hostPID. `known` is asked first. Throws only when out of descriptors.
 */
export function findKubelet(root: string, known?: number): KubeletProcess | undefined {
	const proc = join(root, 'proc');
	if (known !== undefined && isKubelet(proc, known)) return describe(proc, known);
	const entries = unlessExhausted(() => readdirSync(proc)) ?? [];
	const pids = entries.filter((name) => /^\d{1,10}$/.test(name)).slice(0, mostProcesses);
	const pid = pids.map(Number).find((candidate) => isKubelet(proc, candidate));
	return pid === undefined ? undefined : describe(proc, pid);
}

function isKubelet(proc: string, pid: number): boolean {
	return names.has(read(proc, pid, 'comm')?.trim() ?? '');
}

function describe(proc: string, pid: number): KubeletProcess {
	const workingDirectory = unlessExhausted(() => readlinkSync(join(proc, String(pid), 'cwd')));
	const environment = read(proc, pid, 'environ');
	return {
		pid,
		command: (read(proc, pid, 'cmdline') ?? '').split('\0').filter((word) => word !== ''),
		...(workingDirectory !== undefined && { workingDirectory }),
		...(environment !== undefined && { environment: variables(environment) }),
	};
}

function variables(text: string): ReadonlyMap<string, string> {
	return new Map(
		text.split('\0').flatMap((pair): [string, string][] => {
			const at = pair.indexOf('=');
			return at < 1 ? [] : [[pair.slice(0, at), pair.slice(at + 1)]];
		}),
	);
}

function read(proc: string, pid: number, file: string): string | undefined {
	return unlessExhausted(() => readFileSync(join(proc, String(pid), file), 'utf8'));
}
