import { createConnection, type Socket } from 'node:net';

import type { Gate } from '../attempt.ts';
import { seconds } from '../deadline.ts';
import { codeOf } from '../systemError.ts';
import type { DialState } from './goDialer.ts';

/** One address while it is being asked. */
export class Knock {
	readonly address: string;
	/** Ends when the address has answered, refused or run out of time. */
	readonly done: Promise<void>;
	state: DialState = { state: 'pending' };
	error: unknown;
	#socket: Socket | undefined;
	#wanted = true;

	/** `limit` in seconds, from the moment the connect begins. */
	constructor(address: string, port: number, limit: number, gate: Gate, signal: AbortSignal) {
		this.address = address;
		this.done = this.#run(port, limit, gate, signal);
	}

	/** Hands over the connection; the caller closes it. */
	take(): Socket | undefined {
		const socket = this.#socket;
		this.#socket = undefined;
		return socket;
	}

	/** The address goes on being asked for its facts, but its connection is closed. */
	drop(): void {
		this.#wanted = false;
		if (this.state.state !== 'pending') this.#socket?.destroy();
	}

	async #run(port: number, limit: number, gate: Gate, signal: AbortSignal): Promise<void> {
		if (signal.aborted) return;
		const { socket, from } = await gate(() => {
			const opened = createConnection({ host: this.address, port, noDelay: true });
			// Without a listener an error between two stages would end the process.
			opened.on('error', () => {});
			return { socket: opened, from: seconds() };
		});
		this.#socket = socket;
		const error = await outcome(socket, limit, signal);
		const took = seconds() - from;
		// A SYN is refused in another way: this one was answered, and the reset is for the next stage to tell.
		const answered = !error || codeOf(error) === 'ECONNRESET';
		this.error = error;
		this.state = { state: answered ? 'reachable' : 'unreachable', seconds: took };
		if (error || !this.#wanted) socket.destroy();
	}
}

/** The error that connecting ended with; undefined when the connection stands. */
async function outcome(socket: Socket, limit: number, signal: AbortSignal): Promise<unknown> {
	let timer: NodeJS.Timeout | undefined;
	let stop: (() => void) | undefined;
	try {
		return await new Promise<unknown>((resolve) => {
			timer = setTimeout(() => resolve(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })), limit * 1000);
			stop = () => resolve(new Error('stopped'));
			signal.addEventListener('abort', stop);
			if (signal.aborted) stop();
			socket.once('connect', () => resolve(undefined));
			socket.once('error', resolve);
		});
	} finally {
		clearTimeout(timer);
		if (stop) signal.removeEventListener('abort', stop);
	}
}
