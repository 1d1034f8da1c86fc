import type { ChildProcess } from 'node:child_process';
import type { Namespace } from './namespace.ts';

/** What is asked of a program in another namespace, and its answer. */
interface Call {
	readonly id: number;
	readonly message: unknown;
}

interface Answer {
	readonly id: number;
	readonly value?: unknown;
	readonly error?: string;
}

/** A script of this folder that runs in a namespace and is asked over the channel of its process. */
export class Remote<Message> {
	readonly #child: ChildProcess;
	readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
	#written = '';
	#calls = 0;

	constructor(namespace: Namespace, script: string) {
		const file = new URL(script, import.meta.url).pathname;
		this.#child = namespace.spawn(process.execPath, ['--no-warnings', file], {
			stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
			serialization: 'advanced',
		});
		this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#written += text));
		this.#child.on('message', ({ id, value, error }: Answer) => {
			const call = this.#waiting.get(id);
			this.#waiting.delete(id);
			if (error === undefined) call?.resolve(value);
			else call?.reject(new Error(`${script}: ${error}`));
		});
		this.#child.once('exit', () => {
			for (const { reject } of this.#waiting.values()) reject(new Error(`${script} has ended: ${this.#written}`));
		});
	}

	get processId(): number {
		return this.#child.pid ?? 0;
	}

	/** Asks and waits for the answer. Rejects with what went wrong there. */
	async ask(message: Message): Promise<unknown> {
		const id = ++this.#calls;
		return await new Promise((resolve, reject) => {
			this.#waiting.set(id, { resolve, reject });
			this.#child.send({ id, message }, (error) => error && reject(error));
		});
	}
}

/** The other end: answers every call, until the one who asks has gone. */
export function answerCalls<Message>(answer: (message: Message) => Promise<unknown>): void {
	process.on('message', ({ id, message }: Call) => {
		answer(message as Message).then(
			(value) => process.send?.({ id, value }),
			(error: unknown) => process.send?.({ id, error: String(error) }),
		);
	});
	process.once('disconnect', () => process.exit());
}
