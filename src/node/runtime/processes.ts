import { join } from 'node:path';

import { fileNames } from '../directory.ts';
import { linkText } from '../link.ts';
import { readBelow } from '../nodeFile.ts';

/** A process of the node as /proc shows it (https://docs.kernel.org/filesystems/proc.html). */
export interface NodeProcess {
	readonly pid: number;
	/** The file that it runs, as a path on the node; absent without the right to see it. */
	readonly executable?: string;
	readonly arguments: readonly string[];
	/** Epoch seconds. */
	readonly startedAt?: number;
	/** `containerd.service`: the service that systemd counts it to. */
	readonly unit?: string;
}

const mostText = 64 * 1024;
/** What the kernel counts in for user space on every platform that Kubernetes runs on (`getconf CLK_TCK`). */
const ticksPerSecond = 100;

/**
 * The processes whose command has one of these names, from the node's own /proc below `root`. Processes inside of
 * containers are not the node's own and left out. Empty where no such /proc is mounted. Throws only when this process
 * is out of descriptors.
 */
export function processesNamed(root: string, names: readonly string[]): NodeProcess[] {
	const numbers = fileNames(root, '/proc').filter((name) => /^\d{1,10}$/.test(name));
	const pids = numbers.map(Number).toSorted((a, b) => a - b);
	return pids.flatMap((pid) => processAt(root, pid, names) ?? []);
}

/** The process of this number, where it is one of those. */
export function processAt(root: string, pid: number, names: readonly string[]): NodeProcess | undefined {
	if (!names.includes(readProc(root, `${pid}/comm`)?.trimEnd() ?? '') || isContained(root, pid)) return undefined;
	return describe(root, pid);
}

/** Whether a process stands in a PID namespace below that of this /proc. */
function isContained(root: string, pid: number): boolean {
	const [, numbers = ''] = /^NSpid:\s+(.*)$/m.exec(readProc(root, `${pid}/status`) ?? '') ?? [];
	return numbers.trim().split(/\s+/).length > 1;
}

function describe(root: string, pid: number): NodeProcess {
	const executable = linkText(join(root, 'proc', String(pid), 'exe'));
	const startedAt = startOf(root, pid);
	const unit = unitOf(readProc(root, `${pid}/cgroup`) ?? '');
	const commandLine = readProc(root, `${pid}/cmdline`) ?? '';
	return {
		pid,
		...(executable !== undefined && { executable }),
		arguments: commandLine.split('\0').slice(0, -1),
		...(startedAt !== undefined && { startedAt }),
		...(unit !== undefined && { unit }),
	};
}

/** The time since boot stands in field 22; the command in field 2 may hold spaces and brackets. */
function startOf(root: string, pid: number): number | undefined {
	const about = readProc(root, `${pid}/stat`) ?? '';
	const ticks = Number(about.slice(about.lastIndexOf(')') + 2).split(' ')[19]);
	const [, boot] = /^btime (\d{1,12})$/m.exec(readProc(root, 'stat') ?? '') ?? [];
	return boot === undefined || !Number.isFinite(ticks) ? undefined : Number(boot) + ticks / ticksPerSecond;
}

/** The innermost service in the paths of a cgroup file (cgroups(7)). */
export function unitOf(cgroup: string): string | undefined {
	const names = cgroup.match(/(?<=\/)[\w@:.\\-]{1,250}\.service(?=\/|$)/gm);
	return names?.at(-1);
}

function readProc(root: string, path: string): string | undefined {
	return readBelow(root, `/proc/${path}`, mostText);
}
