import type { Duplex } from 'node:stream';

import { Client } from 'undici';

import { type Endpoint, originOf } from '../../registry/endpoint.ts';
import { alarm, type Deadline } from '../deadline.ts';
import { ProbeFailure } from '../stage.ts';
import type { Answer } from './answer.ts';
import { dispatch } from './exchange.ts';
import { ConnectionSpent, headFailure } from './failure.ts';
import { watchForFlood } from './flood.ts';
import { Informational } from './informational.ts';

/** Larger than Node's 16 KiB: some registries send long policies and cookies. */
const maximumHead = 64 * 1024;
/** How long the rest of an answer that nobody reads is waited for, in seconds. */
const patience = 0.5;

export interface Request {
	readonly method: 'GET' | 'HEAD';
	/** Path and query. */
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
}

/** HTTP/1.1 on a connection that was made before; it never connects by itself. */
export class Connection {
	readonly endpoint: Endpoint;
	readonly #client: Client;
	readonly #socket: Duplex;
	readonly #informational: Informational;
	/** Sent with every request to a proxy that is asked in absolute form. */
	readonly #absolute: Readonly<Record<string, string>> | undefined;
	#requests = 0;
	/** Why the connection is gone, when TLS or the system said so: undici knows only that it is. */
	#lost: Error | undefined;
	#last: Promise<void> = Promise.resolve();

	/** `absolute`: the proxy's own headers when plain-http requests go through it in absolute form (RFC 9112, 3.2.2). */
	constructor(endpoint: Endpoint, socket: Duplex, absolute?: Readonly<Record<string, string>>) {
		this.endpoint = endpoint;
		this.#socket = socket;
		this.#informational = new Informational(socket);
		this.#absolute = absolute;
		this.#lost = socket.errored ?? undefined;
		socket.on('error', (error: Error) => {
			this.#lost ??= error;
		});
		let handed = false;
		this.#client = new Client(originOf(endpoint), {
			pipelining: 1,
			maxHeaderSize: maximumHead,
			headersTimeout: 0,
			bodyTimeout: 0,
			keepAliveTimeout: 60_000,
			connect: (_options, done) => {
				const first = !handed;
				handed = true;
				// Called at once, undici would connect a second time.
				queueMicrotask(() => {
					if (first && !socket.destroyed) return done(null, socket as never);
					// Told by `done`, undici would connect again and again while an answer is still under way.
					void this.#client.destroy(this.#lost ?? new ConnectionSpent());
				});
			},
		});
	}

	/** Whether requests go to a proxy in absolute form. */
	get absolute(): boolean {
		return this.#absolute !== undefined;
	}

	/** Whether no request was sent yet: only then does a close count as the server's answer. */
	get fresh(): boolean {
		return this.#requests === 0;
	}

	get usable(): boolean {
		return !this.#socket.destroyed && !this.#client.destroyed && !this.#client.closed;
	}

	/** Whether the last answer has ended; one that drags on is not waited for. */
	async idle(): Promise<boolean> {
		const enough = alarm(patience);
		const idle = await Promise.race([this.#last.then(() => true), enough.over.then(() => false)]);
		enough.putOff();
		return idle;
	}

	/** The head of the answer. Throws `ProbeFailure` with an `http_*` reason, `connection_reset`, or a `tls_*` one that belongs to the handshake. */
	async send(request: Request, time: Deadline, signal: AbortSignal): Promise<Answer> {
		this.#requests++;
		const { method, path } = request;
		const url = this.#absolute ? `${originOf(this.endpoint)}${path}` : path;
		const headers = { ...request.headers, ...this.#absolute };
		// undici would close after every HEAD; a runtime keeps the connection.
		const exchange = dispatch(this.#client, { method, path: url, headers, reset: false });
		this.#last = exchange.over;
		this.#informational.expect((error) => exchange.abort(error));
		const stopWatch = watchForFlood(
			this.#socket,
			() => exchange.received,
			() => exchange.flooded(),
		);
		void exchange.over.then(stopWatch);
		const late = () => exchange.abort(new ProbeFailure('http_timeout', 'no answer to the request in time'));
		const stop = () => exchange.abort(new ProbeFailure('cancelled', 'stopped'));
		const timer = setTimeout(late, time.remaining() * 1000);
		signal.addEventListener('abort', stop, { once: true });
		try {
			return await exchange.head;
		} catch (error) {
			const closed = error instanceof ProbeFailure && error.reason === 'http_closed';
			throw closed && this.#lost ? headFailure(this.#lost) : error;
		} finally {
			clearTimeout(timer);
			signal.removeEventListener('abort', stop);
		}
	}

	async close(): Promise<void> {
		this.#socket.destroy();
		await this.#client.destroy();
	}
}
