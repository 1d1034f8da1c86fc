import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Cgroups of its own for one process. */
export interface Group extends Disposable {
	/** Files by which a process joins: it writes its id into each. */
	readonly doors: readonly string[];
	/**
	 * Bytes that the group uses, without file pages that can be dropped: what Kubernetes calls the working set. Absent
	 * where no memory cgroup can be made.
	 */
	readonly workingSet?: () => number;
	/** For the end of this process: waits, for half a second at most, until the group is empty, and never throws. */
	readonly removeAtOnce: () => void;
}

const root = '/sys/fs/cgroup';

/** As Kubernetes sets it for a limit on CPU; in microseconds. */
const period = 100_000;

/** Whether the one tree of version 2 is here and hands out this controller: https://docs.kernel.org/admin-guide/cgroup-v2.html. */
function unified(controller: string): boolean {
	const subtree = join(root, 'cgroup.subtree_control');
	return existsSync(subtree) && readFileSync(subtree, 'utf8').split(/\s/).includes(controller);
}

/** A directory below `parent`; undefined where this machine or this user cannot. */
function make(parent: string, name: string): string | undefined {
	const group = join(parent, name);
	try {
		mkdirSync(group);
		return group;
	} catch {
		return undefined;
	}
}

/** https://docs.kernel.org/admin-guide/cgroup-v1/memory.html, in version 2 of the same meaning. */
function makeMemory(name: string): { path: string; workingSet: () => number } | undefined {
	const first = existsSync(join(root, 'memory/memory.usage_in_bytes'));
	if (!first && !unified('memory')) return undefined;
	const path = make(first ? join(root, 'memory') : root, name);
	if (path === undefined) return undefined;
	const usage = join(path, first ? 'memory.usage_in_bytes' : 'memory.current');
	const inactive = first ? /^total_inactive_file (\d+)$/m : /^inactive_file (\d+)$/m;
	const droppable = () => Number(inactive.exec(readFileSync(join(path, 'memory.stat'), 'utf8'))?.[1] ?? 0);
	return { path, workingSet: () => Number(readFileSync(usage, 'utf8')) - droppable() };
}

/** Lets the group have so much of one CPU in each tenth of a second. Throws, saying what is missing, where that cannot be. */
function makeLimit(name: string, cpus: number, memory: string | undefined): string {
	const first = existsSync(join(root, 'cpu/cpu.cfs_quota_us'));
	if (!first && !unified('cpu')) throw new Error('needs a cgroup with the cpu controller');
	const path = first ? make(join(root, 'cpu'), name) : (memory ?? make(root, name));
	if (path === undefined) throw new Error('needs root: a cgroup cannot be made');
	const quota = Math.round(cpus * period);
	if (first) {
		writeFileSync(join(path, 'cpu.cfs_period_us'), String(period));
		writeFileSync(join(path, 'cpu.cfs_quota_us'), String(quota));
	} else writeFileSync(join(path, 'cpu.max'), `${quota} ${period}`);
	return path;
}

let made = 0;

/**
 * Makes a group, in version 1 or 2, that must be empty when disposed of. With `cpus` it may use only that share of one
 * CPU, and it throws where that cannot be had; without a memory cgroup it does.
 */
export function makeGroup(cpus?: number): Group {
	const name = `registry-probe-bench-${process.pid}-${++made}`;
	const memory = makeMemory(name);
	const limit = cpus === undefined ? undefined : makeLimit(name, cpus, memory?.path);
	const paths = [...new Set([memory?.path, limit].filter((path) => path !== undefined))];
	return {
		doors: paths.map((path) => join(path, 'cgroup.procs')),
		...(memory ? { workingSet: memory.workingSet } : {}),
		removeAtOnce: () => paths.forEach(removeSoon),
		[Symbol.dispose]: () => paths.forEach((path) => rmdirSync(path)),
	};
}

function removeSoon(group: string): void {
	const never = new Int32Array(new SharedArrayBuffer(4));
	for (let turn = 0; turn < 20 && existsSync(group); turn++) {
		try {
			rmdirSync(group);
		} catch {
			// Killed processes leave it in a moment; nothing else can run while a process ends.
			Atomics.wait(never, 0, 0, 25);
		}
	}
}
