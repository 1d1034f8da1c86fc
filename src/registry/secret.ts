import { inspect } from 'node:util';

/**
 * A text that must never be printed. String conversion, JSON and `util.inspect` all show a placeholder; only
 * `reveal()` gives the text, at the moment it is written on a connection.
 */
export class Secret {
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
	}

	reveal(): string {
		return this.#text;
	}

	toString(): string {
		return '[secret]';
	}

	toJSON(): string {
		return '[secret]';
	}

	[inspect.custom](): string {
		return '[secret]';
	}
}

/** What the protocol calls credentials: a user and a password, sent only to the host that they belong to. */
export interface Login {
	readonly username: string;
	readonly password: Secret;
	/** When it ends, in seconds since the epoch, where that can be known. */
	readonly notAfter?: number;
	/** Where it came from, value of the label `source`: `file`, `node`, `runtime`, `provider:NAME`. */
	readonly source?: string;
}
