import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A line of the agent's log. */
export type Line = Readonly<Record<string, unknown>>;

/** An agent in a process of its own, with a configuration file in a directory of its own. */
export class AgentProcess implements AsyncDisposable {
	readonly directory = mkdtempSync(join(tmpdir(), 'agent-'));
	readonly file = join(this.directory, 'config.yaml');
	/** What it has written to standard output and to standard error. */
	output = '';
	errors = '';
	readonly #child: ChildProcess;
	readonly #closed: Promise<unknown>;

	/** `more` are further arguments; `limits` stands before the command and hands its process over to it, as prlimit does. */
	constructor(configuration: string, more: readonly string[] = [], limits: readonly string[] = []) {
		this.configure(configuration);
		const command = [process.execPath, main, 'agent', '--config', this.file, ...more];
		const [program = process.execPath, ...words] = [...limits, ...command];
		this.#child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
		this.#closed = once(this.#child, 'close');
		this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
		this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
	}

	get pid(): number {
		return this.#child.pid ?? Number.NaN;
	}

	get running(): boolean {
		return this.#child.exitCode === null && this.#child.signalCode === null;
	}

	configure(text: string): void {
		// In one step: an empty file, which a reader may meet in the middle of a writing, is a configuration too.
		writeFileSync(`${this.file}.new`, text);
		renameSync(`${this.file}.new`, this.file);
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

	/** Waits for a line of the log, the `times`th of its kind. */
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

	/** The exit code, when all that it has written is here. */
	async ended(): Promise<number | null> {
		await this.#closed;
		return this.#child.exitCode;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#child.kill('SIGKILL');
		await this.ended();
		rmSync(this.directory, { recursive: true, force: true });
	}
}

/** Waits until something holds, for so many seconds at most. */
export async function until(
	holds: () => boolean | Promise<boolean>,
	otherwise: () => string,
	seconds = 15,
): Promise<void> {
	const end = performance.now() + seconds * 1000;
	while (!(await holds())) {
		if (performance.now() > end) throw new Error(otherwise());
		await sleep(50);
	}
}
