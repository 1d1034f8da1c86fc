import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ComponentName, componentPath } from './component.ts';
import { leftovers } from './leftovers.ts';

/** How a program is started so that it stays in the foreground and listens on `port` of 127.0.0.1. */
export interface Start {
	readonly name: ComponentName;
	readonly port: number;
	readonly args: readonly string[];
	/** Stands over this process's own environment. */
	readonly environment?: Readonly<Record<string, string>>;
	/** Seconds that it may take until its port answers. Default: 20. */
	readonly patience?: number;
	/** What ends it. Default: SIGTERM. */
	readonly endedBy?: NodeJS.Signals;
}

/** Seconds that a program may take until its port answers, and until it has ended. */
const patience = { start: 20, stop: 3 };

/** What runs or ran in this process, for the report of a test that failed. */
export const everStarted: Program[] = [];

/** A program that runs until it is stopped or disposed of. */
export class Program implements AsyncDisposable {
	readonly name: ComponentName;
	readonly port: number;
	/** All that it has written, both streams. */
	output = '';
	readonly #start: Start;
	#child: ChildProcess | undefined;

	constructor(start: Start) {
		this.name = start.name;
		this.port = start.port;
		this.#start = start;
		everStarted.push(this);
	}

	/** Starts it, again after `stop`, and waits until its port answers. Throws with all that it wrote when it does not. */
	async start(): Promise<this> {
		const { args, environment = {}, patience: limit = patience.start } = this.#start;
		const env = { ...process.env, ...environment };
		const child = spawn(componentPath(this.name), args, { stdio: ['ignore', 'pipe', 'pipe'], env });
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
		}
		this.#child = child;
		const { pid } = child;
		if (pid !== undefined) {
			leftovers.addProcess(pid);
			child.once('exit', () => leftovers.forgetProcess(pid));
		}
		for (const end = performance.now() + limit * 1000; !(await answers(this.port)); await sleep(20)) {
			if (isAlive(child) && performance.now() < end) continue;
			await this.stop('SIGKILL');
			throw new Error(`${this.name} did not start on port ${this.port}:\n${this.output}`);
		}
		return this;
	}

	signal(name: NodeJS.Signals): void {
		this.#child?.kill(name);
	}

	/** Ends it and waits until it has ended. Does nothing when it is not running. */
	async stop(signal = this.#start.endedBy ?? 'SIGTERM'): Promise<void> {
		const child = this.#child;
		if (!child || !isAlive(child)) return;
		const exited = once(child, 'exit');
		child.kill(signal);
		const impatient = setTimeout(() => child.kill('SIGKILL'), patience.stop * 1000);
		await exited;
		clearTimeout(impatient);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.stop();
	}
}

/** Does something while a program is stopped. */
export async function without<T>(program: Program, work: () => Promise<T>): Promise<T> {
	await program.stop();
	try {
		return await work();
	} finally {
		await program.start();
	}
}

/** Starts a program on a free port, on another one when somebody else was faster. */
export async function startOnFreePort(make: (port: number) => Start): Promise<Program> {
	for (let tries = 1; ; tries++) {
		try {
			return await new Program(make(await freePort())).start();
		} catch (error) {
			if (tries === 3) throw error;
		}
	}
}

/** A port of 127.0.0.1 on which nobody listens. */
async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const bound = server.address();
	server.close();
	await once(server, 'close');
	if (bound === null || typeof bound === 'string') throw new TypeError('the server has no port');
	return bound.port;
}

const isAlive = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

async function answers(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}
