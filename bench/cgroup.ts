import { existsSync, mkdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';

/** A memory cgroup of its own for one process. */
export interface MemoryGroup extends Disposable {
	/** A process joins by writing its id here. */
	readonly processes: string;
	/** Bytes that the group uses, without file pages that can be dropped: what Kubernetes calls the working set. */
	readonly workingSet: () => number;
	/** For the end of this process: waits, for half a second at most, until the group is empty, and never throws. */
	readonly removeAtOnce: () => void;
}

const v1 = '/sys/fs/cgroup/memory';
const v2 = '/sys/fs/cgroup';

/** Where groups can be made: https://docs.kernel.org/admin-guide/cgroup-v1/memory.html, `…/cgroup-v2.html`. */
function hierarchy(): { base: string; usage: string; inactive: RegExp } | undefined {
	if (existsSync(join(v1, 'memory.usage_in_bytes')))
		return { base: v1, usage: 'memory.usage_in_bytes', inactive: /^total_inactive_file (\d+)$/m };
	const subtree = join(v2, 'cgroup.subtree_control');
	if (!existsSync(subtree) || !readFileSync(subtree, 'utf8').split(/\s/).includes('memory')) return undefined;
	return { base: v2, usage: 'memory.current', inactive: /^inactive_file (\d+)$/m };
}

let made = 0;

/** Makes a group, in version 1 or 2; undefined where this machine or this user cannot. It must be empty when disposed of. */
export function makeMemoryGroup(): MemoryGroup | undefined {
	const found = hierarchy();
	if (!found) return undefined;
	const group = join(found.base, `registry-probe-bench-${process.pid}-${++made}`);
	try {
		mkdirSync(group);
	} catch {
		return undefined;
	}
	const read = (file: string) => readFileSync(join(group, file), 'utf8');
	return {
		processes: join(group, 'cgroup.procs'),
		workingSet: () => Number(read(found.usage)) - Number(found.inactive.exec(read('memory.stat'))?.[1] ?? 0),
		removeAtOnce: () => removeSoon(group),
		[Symbol.dispose]: () => rmdirSync(group),
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
