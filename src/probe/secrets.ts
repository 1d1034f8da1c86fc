import { decodeAuth } from '../registry/dockerAuth.ts';
import { isRecord } from '../registry/json.ts';
import type { Login } from '../registry/secret.ts';
import { concealed, type Shown, shortest } from './concealed.ts';
import { SecretMemory } from './secretMemory.ts';
import { shortestSpelling } from './spellings.ts';

/** Values of headers that are shorter are words: `https`, `docker`. Facts and names of hosts hold them too. */
const shortestInHeader = 8;
/** Headers that say who asks, and for what. */
const harmlessHeaders = /^(?:user-agent|accept|accept-encoding|accept-language)$/i;
/** The parts of a header that names parameters, as Cookie and some schemes of Authorization do. */
const parameters = /[;,\s"=]+/;

/**
 * What was shown to servers in one attempt, kept out of what they are quoted with: some repeat it, in a text of their own
 * or in the place of a name. A server that means harm can spell it as it likes; it has it anyway.
 */
export class Secrets {
	readonly #own: ReadonlySet<string>;
	readonly #memory: SecretMemory;
	readonly #shown = new Map<string, Shown>();

	/**
	 * `own`: texts that the configuration says itself. They are shown as they are, whatever a password is called. `memory`:
	 * what other attempts have shown; what this one shows is added to it.
	 */
	constructor(own: readonly string[] = [], memory = new SecretMemory()) {
		this.#own = new Set(own);
		this.#memory = memory;
	}

	/** Takes note of a secret; its spellings are made when a text is long enough to hold one. */
	add(secret: string): void {
		this.#note(secret);
	}

	/** A login: its password, and what a header with it holds. */
	addLogin({ username, password }: Login): void {
		const plain = password.reveal();
		for (const secret of [plain, `${username}:${plain}`]) this.#keep(secret);
	}

	/** Headers that the node adds for a host: values may be secrets, logins among them. */
	addHeaders(headers: Readonly<Record<string, string>>): void {
		const shown = Object.entries(headers).filter(([name]) => !harmlessHeaders.test(name));
		for (const value of shown.flatMap(([, joined]) => [joined, ...joined.split(', ')])) {
			const [, scheme = '', credentials = ''] = /^(\S+) +(\S+)$/.exec(value) ?? [];
			const held = [value, credentials, ...value.split(parameters)];
			for (const secret of held) if (secret.trim().length >= shortestInHeader) this.#keep(secret);
			const login = scheme.toLowerCase() === 'basic' ? decodeAuth(credentials) : undefined;
			if (login) this.addLogin(login);
		}
	}

	/** `text` without them; also without the beginning of one wherever something was cut. */
	conceal(text: string): string {
		if (text.length < shortest || this.#own.has(text)) return text;
		const alone = [...this.#shown.values()].filter(({ secret }) => !this.#memory.has(secret));
		return this.#memory.conceal(concealed(text, alone), this.#own);
	}

	/** Whether a text says one in any way: then nothing that was read from it may be told. */
	isSaidIn(text: string): boolean {
		return this.conceal(text) !== text;
	}

	/** Plain data without them, however deep they are. */
	concealIn(value: unknown): unknown {
		if (typeof value === 'string') return this.conceal(value);
		if (typeof value === 'number') return this.#isShown(String(value)) ? undefined : value;
		if (Array.isArray(value)) return value.map((each: unknown) => this.concealIn(each));
		return isRecord(value) ? this.concealFacts(value) : value;
	}

	/** The same of a map; its keys are ours. */
	concealFacts(facts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
		return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, this.concealIn(value)]));
	}

	#isShown(text: string): boolean {
		return this.#shown.has(text) || this.#memory.has(text);
	}

	/** With it goes the same without its ends: they are lost in a header, and where we make a line of a text. */
	#note(secret: string): readonly Shown[] {
		const fit = [secret, secret.trim()].filter((each) => each.length >= shortest && !this.#own.has(each));
		return fit.map((each) => {
			const known = this.#shown.get(each) ?? { secret: each, least: shortestSpelling(each) };
			this.#shown.set(each, known);
			return known;
		});
	}

	#keep(secret: string): void {
		for (const shown of this.#note(secret)) this.#memory.keep(shown);
	}
}
