import { decodeAuth } from '../registry/dockerAuth.ts';
import { isRecord } from '../registry/json.ts';
import type { Login } from '../registry/secret.ts';
import { shortestSpelling, spellingsOf } from './spellings.ts';

/** Shorter ones would tear holes into plain words. */
const shortest = 4;
/** Values of headers that are shorter are words: `https`, `docker`. Facts and names of hosts hold them too. */
const shortestInHeader = 8;
const hidden = 'REDACTED';
/** Headers that say who asks, and for what. */
const harmlessHeaders = /^(?:user-agent|accept(?:-.*)?)$/i;

/** One secret that was shown. */
interface Shown {
	readonly secret: string;
	/** How long a text is at least that holds it in any spelling. */
	readonly least: number;
	/** Made when first looked for. */
	spellings?: readonly string[];
}

/**
 * What was shown to servers in one attempt, kept out of what they are quoted with: some repeat it, in a text of their own
 * or in the place of a name. A server that means harm can spell it as it likes; it has it anyway.
 */
export class Secrets {
	readonly #own: ReadonlySet<string>;
	readonly #shown = new Map<string, Shown>();

	/** `own`: texts that the configuration says itself. They are shown as they are, whatever a password is called. */
	constructor(own: readonly string[] = []) {
		this.#own = new Set(own);
	}

	/** Takes note of a secret; its spellings are made when a text is long enough to hold one. */
	add(secret: string): void {
		if (secret.length < shortest || this.#own.has(secret) || this.#shown.has(secret)) return;
		this.#shown.set(secret, { secret, least: shortestSpelling(secret) });
	}

	/** A login: its password, and what a header with it holds. */
	addLogin({ username, password }: Login): void {
		const plain = password.reveal();
		this.add(plain);
		this.add(`${username}:${plain}`);
	}

	/** Headers that the node adds for a host: values may be secrets, logins among them. */
	addHeaders(headers: Readonly<Record<string, string>>): void {
		const shown = Object.entries(headers).filter(([name]) => !harmlessHeaders.test(name));
		for (const value of shown.flatMap(([, joined]) => [joined, ...joined.split(', ')])) {
			const [, scheme = '', credentials = ''] = /^(\S+) +(\S+)$/.exec(value) ?? [];
			for (const secret of [value, credentials]) if (secret.length >= shortestInHeader) this.add(secret);
			const login = scheme.toLowerCase() === 'basic' ? decodeAuth(credentials) : undefined;
			if (login) this.addLogin(login);
		}
	}

	/** `text` without them; also without the beginning of one wherever something was cut. */
	conceal(text: string): string {
		if (text.length < shortest || this.#own.has(text)) return text;
		const isCut = text.includes('…');
		// Most texts are shorter than a token: then its spellings, each as long again, need not be made.
		const fitting = [...this.#shown.values()].filter(({ least }) => isCut || text.length >= least);
		let clean = text;
		const lower = lowerCase(text);
		for (const secret of fitting.flatMap(lowerSpellings)) {
			if (lower.includes(secret)) clean = without(clean, secret);
			if (isCut) clean = withoutBeginnings(clean, secret);
		}
		return clean;
	}

	/** Plain data without them, however deep they are. */
	concealIn(value: unknown): unknown {
		if (typeof value === 'string') return this.conceal(value);
		if (Array.isArray(value)) return value.map((each: unknown) => this.concealIn(each));
		return isRecord(value) ? this.concealFacts(value) : value;
	}

	/** The same of a map; its keys are ours. */
	concealFacts(facts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
		if (this.#shown.size === 0) return facts;
		return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, this.concealIn(value)]));
	}
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
