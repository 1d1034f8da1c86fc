import { decodeAuth } from '../registry/dockerAuth.ts';
import { isRecord } from '../registry/json.ts';
import type { Login } from '../registry/secret.ts';
import { spellingsOf } from './spellings.ts';

/** Shorter ones would tear holes into plain words. */
const shortest = 4;
const hidden = 'REDACTED';
/** Headers that say who asks, and for what. */
const plainHeaders = /^(?:user-agent|accept(?:-.*)?)$/i;

/**
 * What was shown to servers in one attempt, kept out of what they are quoted with: some repeat it, in a text of their own
 * or in the place of a name. A server that means harm can spell it as it likes; it has it anyway.
 */
export class Secrets {
	readonly #own: ReadonlySet<string>;
	/** All spellings, in lower case: names of hosts are, and some servers write everything so. */
	readonly #known = new Set<string>();

	/** `own`: texts that the configuration says itself. They are shown as they are, whatever a password is called. */
	constructor(own: readonly string[] = []) {
		this.#own = new Set(own);
	}

	add(secret: string): void {
		if (secret.length < shortest || this.#own.has(secret)) return;
		const spellings = spellingsOf(secret).map(lowerCase);
		for (const spelling of spellings) if (spelling.length >= shortest) this.#known.add(spelling);
	}

	/** A login in the spellings in which a server sees it. */
	addLogin({ username, password }: Login): void {
		const plain = password.reveal();
		this.add(plain);
		this.add(`${username}:${plain}`);
	}

	/** Headers that the node adds for a host: values may be secrets, logins among them. */
	addHeaders(headers: Readonly<Record<string, string>>): void {
		const shown = Object.entries(headers).filter(([name]) => !plainHeaders.test(name));
		for (const value of shown.flatMap(([, joined]) => [joined, ...joined.split(', ')])) {
			this.add(value);
			const [, scheme = '', credentials] = /^(\S+) +(\S+)$/.exec(value) ?? [];
			if (credentials === undefined) continue;
			this.add(credentials);
			const login = scheme.toLowerCase() === 'basic' ? decodeAuth(credentials) : undefined;
			if (login) this.addLogin(login);
		}
	}

	/** `text` without them; also without the beginning of one wherever something was cut. */
	conceal(text: string): string {
		if (this.#known.size === 0 || this.#own.has(text)) return text;
		let clean = text;
		const lower = lowerCase(text);
		for (const secret of this.#known) {
			if (lower.includes(secret)) clean = without(clean, secret);
			if (clean.includes('…')) clean = withoutBeginnings(clean, secret);
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
		if (this.#known.size === 0) return facts;
		return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, this.concealIn(value)]));
	}
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
	for (let length = Math.min(lower.length, secret.length - 1); length >= shortest; length--) {
		if (lower.endsWith(secret.slice(0, length))) return text.slice(0, -length) + hidden;
	}
	return text;
}
