import { decodeAuth } from '../registry/dockerAuth.ts';
import { isRecord } from '../registry/json.ts';
import type { Login } from '../registry/secret.ts';
import { decodingsOf, folded } from './decodings.ts';
import { SecretMemory, type Shown } from './secretMemory.ts';
import { shortestSpelling, spellingsOf } from './spellings.ts';

/** Shorter ones would tear holes into plain words. */
const shortest = 4;
/** Values of headers that are shorter are words: `https`, `docker`. Facts and names of hosts hold them too. */
const shortestInHeader = 8;
const hidden = 'REDACTED';
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
		// What stands at the ends is lost in a header, and where we make a line of a text.
		this.#note(secret.trim());
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
		const fitting = this.#fitting(text);
		if (fitting.length === 0) return text;
		const isCut = text.includes('…');
		let clean = text;
		const lower = lowerCase(text);
		for (const secret of fitting.flatMap(lowerSpellings)) {
			if (lower.includes(secret)) clean = without(clean, secret);
			if (isCut) clean = withoutBeginnings(clean, secret);
		}
		return saysOne(clean, fitting) ? hidden : clean;
	}

	/** Whether a text says one in any way: then nothing that was read from it may be told. */
	isSaidIn(text: string): boolean {
		return this.conceal(text) !== text;
	}

	/** Plain data without them, however deep they are. */
	concealIn(value: unknown): unknown {
		if (typeof value === 'string') return this.conceal(value);
		if (typeof value === 'number') return this.#shown.has(String(value)) ? undefined : value;
		if (Array.isArray(value)) return value.map((each: unknown) => this.concealIn(each));
		return isRecord(value) ? this.concealFacts(value) : value;
	}

	/** The same of a map; its keys are ours. */
	concealFacts(facts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
		return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, this.concealIn(value)]));
	}

	#note(secret: string): Shown | undefined {
		if (secret.length < shortest || this.#own.has(secret)) return undefined;
		const known = this.#shown.get(secret) ?? { secret, least: shortestSpelling(secret) };
		this.#shown.set(secret, known);
		return known;
	}

	#keep(secret: string): void {
		for (const each of [secret, secret.trim()]) {
			const shown = this.#note(each);
			if (shown) this.#memory.keep(shown);
		}
	}

	/** Most texts are shorter than a token: then its spellings, each as long again, need not be made. */
	#fitting(text: string): readonly Shown[] {
		const isCut = text.includes('…');
		const before = [...this.#memory.all].filter(({ secret }) => !this.#shown.has(secret) && !this.#own.has(secret));
		return [...this.#shown.values(), ...before].filter(({ least }) => isCut || text.length >= least);
	}
}

/** Whether a text says one behind escapes, or in letters that look the same. */
function saysOne(text: string, shown: readonly Shown[]): boolean {
	const decoded = decodingsOf(text);
	const lower = decoded.map(lowerCase);
	const isCut = text.includes('…');
	const isIn = (spelling: string) =>
		lower.some((each) => each.includes(spelling) || (isCut && withoutBeginnings(each, spelling) !== each));
	if (lower.length > 0 && shown.some((one) => lowerSpellings(one).some(isIn))) return true;
	const plain = /^[ -~]*$/;
	const texts = [text, ...decoded].filter((each) => !plain.test(each)).map(folded);
	return texts.length > 0 && shown.some(({ secret }) => texts.some((each) => each.includes(folded(secret))));
}

/** All spellings, in lower case: names of hosts are, and some servers write everything so. */
function lowerSpellings(shown: Shown): readonly string[] {
	shown.spellings ??= [...new Set(spellingsOf(shown.secret).map(lowerCase))].filter(({ length }) => length >= shortest);
	return shown.spellings;
}

/** Of ASCII alone, so that every character stays where it is. */
function lowerCase(text: string): string {
	if (/^[ -~]*$/.test(text)) return text.toLowerCase();
	return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function without(text: string, secret: string): string {
	const lower = lowerCase(text);
	let [clean, end] = ['', 0];
	for (let at = lower.indexOf(secret); at >= 0; at = lower.indexOf(secret, end)) {
		clean += text.slice(end, at) + hidden;
		end = at + secret.length;
	}
	return clean + text.slice(end);
}

/** What was cut ends in `…`, and may stand within a longer text. */
function withoutBeginnings(text: string, secret: string): string {
	const parts = text.split('…');
	return parts.map((part, at) => (at === parts.length - 1 ? part : withoutBeginning(part, secret))).join('…');
}

function withoutBeginning(text: string, secret: string): string {
	const lower = lowerCase(text);
	const start = secret.slice(0, shortest);
	const first = Math.max(0, lower.length - secret.length + 1);
	for (let at = lower.indexOf(start, first); at >= 0; at = lower.indexOf(start, at + 1)) {
		if (secret.startsWith(lower.slice(at))) return text.slice(0, at) + hidden;
	}
	return text;
}
