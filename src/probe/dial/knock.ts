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
		let from = seconds();
		const socket = await gate(() => {
			const opened = createConnection({ host: this.address, port, noDelay: true });
			// Without a listener an error between two stages would end the process.
			opened.on('error', () => {});
			// The SYN is sent in the tick that the line above has asked for: making the socket is no time of the network's.
			process.nextTick(() => (from = seconds()));
			return opened;
		});
		this.#socket = socket;
		const { error, at } = await outcome(socket, limit, signal);
		const took = Math.max(0, at - from);
		// A SYN is refused in another way: this one was answered, and the reset is for the next stage to tell.
		const answered = !error || codeOf(error) === 'ECONNRESET';
		this.error = error;
		this.state = { state: answered ? 'reachable' : 'unreachable', seconds: took };
		if (error || !this.#wanted) socket.destroy();
	}
}

/** How connecting ended, and when, on the clock of `seconds()`. */
interface Outcome {
	/** Undefined when the connection stands. */
	readonly error: unknown;
	readonly at: number;
}

async function outcome(socket: Socket, limit: number, signal: AbortSignal): Promise<Outcome> {
	let timer: NodeJS.Timeout | undefined;
	let stop: (() => void) | undefined;
	try {
		return await new Promise<Outcome>((resolve) => {
			// Time stamps first: what waits for this is resumed some work later.
			const end = (error?: unknown) => resolve({ error, at: seconds() });
			timer = setTimeout(() => end(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })), limit * 1000);
			stop = () => end(new Error('stopped'));
			signal.addEventListener('abort', stop);
			if (signal.aborted) stop();
			socket.once('connect', () => end());
			socket.once('error', end);
		});
	} finally {
		clearTimeout(timer);
		if (stop) signal.removeEventListener('abort', stop);
	}
}
