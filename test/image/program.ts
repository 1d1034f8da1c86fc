import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** Seconds that an agent may take until it answers, on a machine that does much else. */
const patience = 30;

/** An agent that was started by some command. */
export class StartedAgent implements AsyncDisposable {
	/** What it has written to standard error. */
	errors = '';
	readonly #child: ChildProcess;
	readonly #closed: Promise<unknown>;
	readonly #began = performance.now();

	constructor([program = '', ...args]: readonly string[], environment: Readonly<Record<string, string>>) {
		this.#child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: environment });
		this.#closed = once(this.#child, 'close');
		this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
	}

	/** Milliseconds from the start to the first answer at `/metrics`. */
	async firstMetrics(): Promise<number> {
		await this.metrics();
		return performance.now() - this.#began;
	}

	/** The metrics, once there is an agent that answers and they hold `part`. */
	async metrics(part = ''): Promise<string> {
		for (;;) {
			const text = await this.#ask('/metrics');
			if (text?.includes(part)) return text;
			const gone = this.#child.exitCode !== null;
			if (gone || performance.now() - this.#began > patience * 1000)
				throw new Error(`no metrics with "${part}": ${this.errors}\n${text ?? ''}`);
			await sleep(5);
		}
	}

	/** The answer for the page, whole. */
	async page(): Promise<Response> {
		await this.metrics();
		return await fetch(this.#address('/'));
	}

	/** Sends a signal that should not end it. */
	signal(name: NodeJS.Signals): void {
		this.#child.kill(name);
	}

	/** Asks it to end and gives its exit code. */
	async stop(): Promise<number | null> {
		this.#child.kill('SIGTERM');
		await this.#closed;
		return this.#child.exitCode;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#child.kill('SIGKILL');
		await this.#closed;
	}

	#address(path: string): string {
		return `http://${/"address":"([^"]+)"/.exec(this.errors)?.[1] ?? ''}${path}`;
	}

	async #ask(path: string): Promise<string | undefined> {
		if (!this.errors.includes('"agent listens"')) return undefined;
		return await (await fetch(this.#address(path))).text();
	}
}
