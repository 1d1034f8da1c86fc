import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const project = join(import.meta.dirname, '../..');
const startLimitMs = 40_000;
const drainLimitMs = 6_000;

/** A real agent as a process of its own. */
export interface Agent {
	/** Settles when the process has ended, for whatever reason, with its exit code; null after a signal. */
	readonly ended: Promise<number | null>;
	/** Waits until the agent serves; rejects when it ends before or takes longer than 40 s. */
	readonly ready: (url: string) => Promise<void>;
	/** Asks it to end, and insists where it has not within 6 s. */
	readonly stop: () => Promise<void>;
}

async function serves(url: string): Promise<boolean> {
	try {
		const answer = await fetch(url);
		await answer.body?.cancel();
		return answer.ok;
	} catch {
		return false;
	}
}

export interface AgentOptions {
	/** Stands over this process's own environment. */
	readonly environment?: Readonly<Record<string, string>>;
	/** The least that it logs. Default: what it logs of its own accord. */
	readonly logLevel?: 'error';
}

/** Starts the agent of this checkout on a node. What it logs goes to this process's error output. */
export function startAgent(configuration: string, root: string, options: AgentOptions = {}): Agent {
	const { environment = {}, logLevel } = options;
	const level = logLevel === undefined ? [] : ['--log-level', logLevel];
	const command = ['src/main.ts', 'agent', '--config', configuration, '--root', root, ...level];
	const env = { ...process.env, ...environment };
	const child = spawn(process.execPath, command, { cwd: project, stdio: ['ignore', 2, 2], env });
	const ended = new Promise<number | null>((resolve) => {
		child.once('exit', resolve);
		child.once('error', () => resolve(null));
	});
	const last = () => child.kill('SIGKILL');
	process.once('exit', last);
	void ended.then(() => process.off('exit', last));
	const running = () => child.exitCode === null && child.signalCode === null;
	const ready: Agent['ready'] = async (url) => {
		const deadline = Date.now() + startLimitMs;
		while (!(await serves(url))) {
			if (!running()) throw new Error('the agent has ended before it served anything');
			if (Date.now() > deadline) throw new Error(`the agent does not serve ${url}`);
			await sleep(100);
		}
	};
	const stop: Agent['stop'] = async () => {
		if (!running()) return;
		const insist = setTimeout(() => child.kill('SIGKILL'), drainLimitMs);
		const exit = once(child, 'exit');
		child.kill('SIGTERM');
		await exit;
		clearTimeout(insist);
	};
	return { ended, ready, stop };
}
