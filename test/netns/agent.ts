import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChildProcess } from 'node:child_process';

import type { NodeHost } from './nodeHost.ts';

/** How often the agent probes and how long a stage may take, in seconds. */
const interval = 1;
const timeout = 1;
/** Seconds until an attempt that the machine held up is made once more, at most. */
const untilRepeated = 0.5;
/** Within so many seconds a change must show. */
export const promised = interval + timeout + 1;

/** Until an agent has started on a busy machine. */
const patience = 20;
const wellKnown = `
proxy: none
registries:
  - name: registry.test
    image: registry.test/team/app:1
`;

/** What is other than usual about an agent. */
export interface AgentOptions {
	/** Where it listens and is asked for its metrics. Default: 127.0.0.1:9917. */
	readonly listen?: string;
	/** YAML of what it probes and how. Default: registry.test, without a proxy. */
	readonly probing?: string;
	/** The root of the node's file system. Default: the node's own. */
	readonly root?: string;
	/** How many of its targets must succeed before it counts as started. Default: 1. */
	readonly succeeding?: number;
}

const program = new URL('../../src/main.ts', import.meta.url).pathname;

/** The real agent on a node, asked for its metrics there. */
export class Agent implements AsyncDisposable {
	readonly #node: NodeHost;
	readonly #child: ChildProcess;
	readonly #address: string;
	#written = '';

	private constructor(node: NodeHost, name: string, root: string, listen: string) {
		const configuration = `${node.files.root}/config.yaml`;
		const args = ['--no-warnings', program, 'agent', '--config', configuration, '--root', root, '--node', name];
		this.#node = node;
		this.#address = listen;
		this.#child = node.namespace.spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
		this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#written += text));
	}

	/** Starts an agent and waits until its first attempt has succeeded. All have the same configuration but for `options`. */
	static async start(node: NodeHost, name: string, options: AgentOptions = {}): Promise<Agent> {
		const { listen = '127.0.0.1:9917', probing = wellKnown, root = node.files.root, succeeding = 1 } = options;
		const times = `interval: ${interval}s\ntimeout: ${timeout}s\n`;
		await node.files.write('config.yaml', `listen: '${listen}'\n${times}${probing}`);
		const agent = new Agent(node, name, root, listen);
		await agent.#until(
			async () => agent.#written.includes('agent listens'),
			async () => patience,
		);
		await agent.#until(
			async () => ((await agent.value('success')) ?? 0) === succeeding,
			async () => patience,
		);
		return agent;
	}

	/** The failures that stand in the metrics, as `role stage reason`. Throws when one has no better reason than `unknown` or `cancelled`. */
	async failures(): Promise<string[]> {
		const lines = await this.series('stage_failure');
		return lines.map((line) => {
			const [role, stage, reason] = ['role', 'stage', 'reason'].map((label) => labelOf(line, label));
			if (reason === 'unknown' || reason === 'cancelled') throw new Error(line);
			return `${role} ${stage} ${reason}`;
		});
	}

	/** The sum of a metric's series; undefined when there are none. */
	async value(metric: string): Promise<number | undefined> {
		const lines = await this.series(metric);
		if (lines.length === 0) return undefined;
		return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
	}

	/** The lines of a metric's series. */
	async series(metric: string): Promise<string[]> {
		return (await this.#all()).filter((line) => line.startsWith(`registry_probe_${metric}{`));
	}

	/**
	 * Waits until exactly these failures stand in the metrics; throws when that takes longer than promised. An attempt during
	 * which the machine held up the agent is made once more, which is told and is not what is promised.
	 */
	async shows(...failures: readonly string[]): Promise<void> {
		const before = await this.#repeated();
		const holds = async () => String(await this.failures()) === String(failures);
		await this.#until(holds, async () => promised + ((await this.#repeated()) - before) * (timeout + untilRepeated));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
		const ended = once(this.#child, 'exit');
		this.#child.kill('SIGTERM');
		await ended;
	}

	async #all(): Promise<string[]> {
		return (await this.#node.get(`http://${this.#address}/metrics`)).split('\n');
	}

	async #repeated(): Promise<number> {
		return (await this.value('attempts_repeated_total')) ?? 0;
	}

	async #until(holds: () => Promise<boolean>, limit: () => Promise<number>): Promise<void> {
		const began = performance.now();
		while (!(await holds())) {
			const seconds = (performance.now() - began) / 1000;
			if (seconds > (await limit())) {
				throw new Error(`not after ${seconds.toFixed(1)} s: ${await this.#told()}`);
			}
			await sleep(30);
		}
	}

	async #told(): Promise<string> {
		return `${(await this.#all()).filter((line) => /_success|_failure/.test(line)).join('\n')}\n${this.#written}`;
	}
}

function labelOf(line: string, label: string): string {
	return new RegExp(`[{,]${label}="([^"]*)"`).exec(line)?.[1] ?? '';
}
