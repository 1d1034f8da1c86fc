import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../image/startForm.ts';
import { makePrograms } from '../../kubernetes/parts.ts';
import { environment } from '../../netns/namespace.ts';
import { Directory } from '../../real/directory.ts';
import { makeCgroup, removeCgroups } from './cgroups.ts';
import { writeNodeImages } from './images.ts';
import { missingParts } from './needs.ts';
import { handOver, type Prepared } from './prepared.ts';
import { makeNodePrograms } from './programs.ts';

/**
 * `node test/cluster/nodes/main.ts [ARGUMENT OF VITEST…]`: three nodes with a kubelet and a containerd each, the agents on
 * them as a person installs them, and what goes wrong. Exit code 0: all is as it should be; 1: it is not; 2: it cannot be
 * run here.
 */
const config = join(import.meta.dirname, 'vitest.config.ts');

/**
 * A network, processes and mounts of its own: nothing of the machine is in reach, two runs do not meet, and whatever was
 * started or mounted goes when the first process goes, which it does at the latest with this one.
 */
const namespaces = '--mount --propagation private --net --pid --fork --kill-child --mount-proc';
const enter = `setpriv --pdeathsig KILL unshare ${namespaces}`.split(' ');
/** Files are in memory. The shell stays, because a first process has to take the ends of others. */
const prepare = 'ip link set lo up && mount -t tmpfs tmpfs /run && "$@"; exit $?';

/** The cgroups of runs bear the number of their process: what a run left behind that was killed is known by it. */
const cgroupOf = (pid: number | string) => `registry-probe-nodes-${pid}`;

async function removeLeftovers(): Promise<void> {
	await removeCgroups((name) => {
		const [, pid] = /^registry-probe-nodes-(\d+)$/.exec(name) ?? [];
		return pid !== undefined && !existsSync(`/proc/${pid}`);
	});
}

async function runInside(prepared: Prepared, args: readonly string[]): Promise<number> {
	const vitest = [
		process.execPath,
		join(checkout, 'node_modules/vitest/vitest.mjs'),
		'run',
		'--config',
		config,
		...args,
	];
	const [command = '', ...rest] = [...enter, 'sh', '-c', prepare, 'sh', ...vitest];
	const child = spawn(command, rest, {
		stdio: 'inherit',
		cwd: checkout,
		env: { ...environment, ...handOver(prepared), TMPDIR: '/run' },
	});
	// Ctrl-C reaches the suites too, which end in order.
	process.on('SIGINT', () => undefined);
	process.on('SIGTERM', () => child.kill('SIGKILL'));
	const [code] = (await once(child, 'exit')) as [number | null];
	return code ?? 2;
}

async function main(args: readonly string[]): Promise<number> {
	const missing = missingParts();
	for (const line of missing) console.error(line);
	if (missing.length > 0) return 2;
	await removeLeftovers();
	const [programs, nodePrograms] = [makePrograms(), makeNodePrograms()];
	using directory = new Directory();
	const images = directory.at('images');
	await writeNodeImages(nodePrograms.pause, images);
	const cgroup = cgroupOf(process.pid);
	makeCgroup(cgroup);
	try {
		return await runInside({ programs, nodePrograms, images, cgroup }, args);
	} finally {
		await removeCgroups((name) => name === cgroup);
	}
}

process.exitCode = await main(process.argv.slice(2));
