import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { holdingOf } from '../test/endurance/procfs.ts';
import { makeGroup } from './cgroup.ts';

/** What a process occupies, in MiB. */
export interface Memory {
	/** Absent where no memory cgroup could be made. */
	readonly workingSet?: number;
	readonly rss: number;
	readonly pss: number;
}

/** A program under measurement, in a process and, where possible, a memory cgroup of its own. */
export interface Run extends AsyncDisposable {
	readonly pid: number;
	/** When it was started, on the clock of `performance.now()`. */
	readonly startedAt: number;
	readonly memory: () => Memory;
	/** User and system time so far. */
	readonly cpuSeconds: () => number;
	/** Throws, with its last words, when it has ended. */
	readonly mustRun: () => void;
}

const mebi = 1024 * 1024;

/** What a program is started with. */
export interface RunOptions {
	readonly environment?: Readonly<Record<string, string>>;
	/** How many CPUs it may use: 0.1 is Kubernetes' 100m. Default: as many as there are. */
	readonly cpus?: number | undefined;
}

/** Starts a program. What it prints is kept to be told when it ends early. Throws where a limit on CPU cannot be set. */
export function run(command: readonly string[], { environment = {}, cpus }: RunOptions = {}): Run {
	const group = makeGroup(cpus);
	// The shell joins the groups and then becomes the program, which so has every page in them from its first on.
	const join = `${group.doors.map((door) => `echo $$ > ${door} && `).join('')}exec "$@"`;
	const startedAt = performance.now();
	const env = { ...process.env, ...environment };
	const child = spawn('sh', ['-c', join, 'sh', ...command], { stdio: ['ignore', 'pipe', 'pipe'], env });
	let said = '';
	const hear = (text: string) => (said = (said + text).slice(-2000));
	for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', hear);
	const closed = new Promise<void>((resolve) => {
		child.once('close', () => resolve());
		child.once('error', (error) => resolve(void hear(error.message)));
	});
	const { pid } = child;
	if (pid === undefined) throw new Error(`cannot start ${command.join(' ')}`);
	const kill = () => child.kill('SIGKILL');
	const last = () => {
		kill();
		group.removeAtOnce();
	};
	process.once('exit', last);
	const { workingSet } = group;
	const ended = () => child.exitCode !== null || child.signalCode !== null;
	return {
		pid,
		startedAt,
		memory: () => ({ ...(workingSet ? { workingSet: workingSet() / mebi } : {}), ...residentOf(pid) }),
		cpuSeconds: () => holdingOf(pid).cpuSeconds,
		mustRun: () => {
			if (ended()) throw new Error(`${command[0]} has ended: ${said}`);
		},
		async [Symbol.asyncDispose]() {
			child.kill('SIGTERM');
			await Promise.race([closed, sleep(5000, undefined, { ref: false })]);
			if (!ended()) kill();
			await closed;
			process.off('exit', last);
			group[Symbol.dispose]();
		},
	};
}

function residentOf(pid: number): Pick<Memory, 'rss' | 'pss'> {
	const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
	const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]) / 1024;
	return { rss: of('Rss'), pss: of('Pss') };
}
