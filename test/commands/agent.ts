import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const source = (name: string) => new URL(`../../src/commands/${name}.ts`, import.meta.url).href;
const program = `
	import { agentCommand } from '${source('agent')}';
	import { createProgram, run } from '${source('program')}';
	const code = await run(createProgram([agentCommand()]), ['agent', ...process.argv.slice(1)]);
	if (code !== undefined) process.exitCode = code;
`;

/** A line of the agent's log. */
export type Line = Readonly<Record<string, unknown>>;

/** An agent in a process of its own, with a configuration file in a directory of its own. */
export class AgentProcess implements AsyncDisposable {
	readonly directory = mkdtempSync(join(tmpdir(), 'agent-'));
	readonly file = join(this.directory, 'config.yaml');
	errors = '';
	readonly #child: ChildProcess;

	constructor(configuration: string, more: readonly string[] = []) {
		this.configure(configuration);
		const flags = ['--no-warnings', '--input-type=module', '-e', program, '--'];
		this.#child = spawn(process.execPath, [...flags, '--config', this.file, ...more], {
			stdio: ['ignore', 'ignore', 'pipe'],
		});
		this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
	}

	configure(text: string): void {
		writeFileSync(this.file, text);
	}

	signal(name: NodeJS.Signals): void {
		this.#child.kill(name);
	}

	/** What the log has told so far. */
	lines(message?: string): Line[] {
		const whole = this.errors.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
		const lines = whole.map((line) => JSON.parse(line) as Line);
		return message === undefined ? lines : lines.filter((line) => line['message'] === message);
	}

	/** Waits for a line of the log. */
	async told(message: string, times = 1): Promise<Line> {
		await until(
			() => this.lines(message).length >= times,
			() => `no "${message}" in ${this.errors}`,
		);
		return this.lines(message)[times - 1] ?? {};
	}

	/** Asks the agent for a path. */
	async get(path: string): Promise<{ readonly status: number; readonly body: string }> {
		const { address } = await this.told('agent listens');
		const answer = await fetch(`http://${String(address)}${path}`);
		return { status: answer.status, body: await answer.text() };
	}

	/** The value of a series whose name and labels hold all these texts. */
	async value(...texts: readonly string[]): Promise<number | undefined> {
		const { body } = await this.get('/metrics');
		const line = body.split('\n').find((each) => !each.startsWith('#') && texts.every((text) => each.includes(text)));
		return line === undefined ? undefined : Number(line.split(' ').at(-1));
	}

	/** The exit code. */
	async ended(): Promise<number | null> {
		if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
		return this.#child.exitCode;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#child.kill('SIGKILL');
		await this.ended();
		rmSync(this.directory, { recursive: true, force: true });
	}
}

/** Waits until something holds, for 15 s at most. */
export async function until(holds: () => boolean | Promise<boolean>, otherwise: () => string): Promise<void> {
	const end = performance.now() + 15_000;
	while (!(await holds())) {
		if (performance.now() > end) throw new Error(otherwise());
		await sleep(50);
	}
}
