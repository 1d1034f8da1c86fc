import type { IncomingHttpHeaders } from 'node:http';

import type { Client, Dispatcher } from 'undici';

import { seconds } from '../deadline.ts';
import type { Answer, Body, BodyEnd } from './answer.ts';
import { bodyEndOf, Flooded, headFailure } from './failure.ts';

/** Bytes that come within so many seconds of the head came with it, in one record of TLS: they tell no speed. */
const together = 0.001;
/** Bytes still flow when the last one came within this share of the time. */
const flowing = 0.5;

type Head = (answer: Answer) => void;

/** One request and its answer: undici's handler, told as two promises. */
export class Exchange implements Dispatcher.DispatchHandler {
	readonly head: Promise<Answer>;
	/** Fulfilled when the connection is free again, or lost. */
	readonly over: Promise<void>;
	readonly #resolve: Head;
	readonly #reject: (error: unknown) => void;
	readonly #finish: () => void;
	#controller: Dispatcher.DispatchController | undefined;
	readonly #asked = seconds();
	#body: Collector | undefined;

	constructor() {
		const { promise, resolve, reject } = Promise.withResolvers<Answer>();
		this.head = promise;
		const over = Promise.withResolvers<void>();
		this.over = over.promise;
		this.#finish = over.resolve;
		this.#resolve = resolve;
		this.#reject = reject;
	}

	/** Bytes of the body that have arrived. */
	get received(): number {
		return this.#body?.received ?? 0;
	}

	/** Ends the exchange and its connection. */
	abort(reason: Error): void {
		this.#reject(reason);
		this.#controller?.abort(reason);
	}

	/** Ends it because the other side sends what is no answer, without end. */
	flooded(): void {
		this.#body?.finish('malformed');
		this.abort(new Flooded());
	}

	onRequestStart(controller: Dispatcher.DispatchController): void {
		this.#controller = controller;
	}

	onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
		// The answer that counts comes later.
		if (status < 200) return;
		const collector = new Collector(controller, this.#asked);
		this.#body = collector;
		this.#resolve(answerOf(status, headers, collector));
	}

	onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
		this.#body?.add(chunk);
	}

	onResponseEnd(): void {
		this.#body?.finish('complete');
		this.#finish();
	}

	onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
		this.#body?.finish(bodyEndOf(error));
		this.#reject(headFailure(error));
		this.#finish();
	}
}

/** Sends one request over a connection of undici. */
export function dispatch(client: Client, options: Dispatcher.DispatchOptions): Exchange {
	const exchange = new Exchange();
	// The promise may be settled when nobody waits any more.
	exchange.head.catch(() => {});
	client.dispatch(options, exchange);
	return exchange;
}

/** Gathers a body as long as somebody wants it, and throws the rest away with its connection. */
class Collector {
	readonly #controller: Dispatcher.DispatchController;
	readonly #asked: number;
	readonly #started = seconds();
	readonly #chunks: Buffer[] = [];
	#length = 0;
	#withHead = 0;
	#maximum = 64 * 1024;
	#last = this.#started;
	#end: BodyEnd | undefined;
	#ended: ((body: Body) => void) | undefined;

	/** `asked`: when the request was sent. */
	constructor(controller: Dispatcher.DispatchController, asked: number) {
		this.#controller = controller;
		this.#asked = asked;
	}

	get received(): number {
		return this.#length;
	}

	add(chunk: Buffer): void {
		if (this.#end) return;
		this.#chunks.push(chunk);
		this.#length += chunk.length;
		this.#last = seconds();
		if (this.#last - this.#started < together) this.#withHead = this.#length;
		if (this.#length >= this.#maximum) this.#stop('bounded');
	}

	finish(end: BodyEnd): void {
		if (this.#end) return;
		this.#end = end;
		this.#ended?.(this.#told());
	}

	async read(maximum: number, limit: number): Promise<Body> {
		this.#maximum = maximum;
		if (this.#length > maximum && !this.#end) this.#stop('bounded');
		if (this.#end) return this.#told();
		return await new Promise((resolve) => {
			const from = seconds();
			const timer = setTimeout(() => {
				const moving = this.#length > 0 && seconds() - this.#last <= (seconds() - from) * flowing;
				this.#stop(moving ? 'cut' : 'stalled');
			}, limit * 1000);
			this.#ended = (body) => {
				clearTimeout(timer);
				resolve(body);
			};
		});
	}

	#stop(end: BodyEnd): void {
		this.finish(end);
		this.#controller.abort(new Error(end));
	}

	#told(): Body {
		const bytes = Buffer.concat(this.#chunks).subarray(0, this.#maximum);
		const speed = this.#length > 0 ? { bytesPerSecond: this.#speed() } : {};
		return { bytes, end: this.#end ?? 'stalled', ...speed };
	}

	/** Of what came after the head; of all since the request when most came with the head. */
	#speed(): number {
		const after = this.#length - this.#withHead;
		const timed = after >= this.#length / 2;
		return timed ? after / (this.#last - this.#started) : this.#length / (this.#last - this.#asked);
	}
}

function answerOf(status: number, headers: IncomingHttpHeaders, collector: Collector): Answer {
	const lines = (name: string): readonly string[] => {
		const value = headers[name];
		if (value === undefined) return [];
		return Array.isArray(value) ? value : [value];
	};
	return {
		status,
		lines,
		header: (name) => lines(name)[0],
		receivedAt: Date.now(),
		body: (maximum, limit) => collector.read(maximum, limit),
	};
}
