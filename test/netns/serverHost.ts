import { Remote } from './channel.ts';
import { Host } from './host.ts';
import type { Change, Message, Start } from './serve.ts';

/** A host with a server on it whose behaviour can be changed. */
export class ServerHost extends Host {
	readonly #remote = new Remote<Message>(this.namespace, 'serve.ts');
	#changed = false;

	/** Starts the server; gives what others must know of it. */
	async start(wish: Start): Promise<unknown> {
		return await this.#remote.ask(wish);
	}

	/** From now on it misbehaves like this and in no other way. */
	async change(change: Change): Promise<void> {
		this.#changed = true;
		await this.#remote.ask({ change });
	}

	/** The names that this nameserver was asked for since the last call, each once. */
	async namesAsked(): Promise<readonly string[]> {
		return (await this.#remote.ask({ asked: 'names' })) as readonly string[];
	}

	/** It behaves well again. */
	async heal(): Promise<void> {
		if (this.#changed) await this.#remote.ask({ change: {} });
		this.#changed = false;
	}
}
