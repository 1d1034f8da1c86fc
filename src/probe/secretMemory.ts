import { concealed, type Shown } from './concealed.ts';

/** More logins than a node has. */
const mostKept = 50;
/** Texts that are known to say none, and how long they are at most: names and facts are the same at every attempt. */
const mostClean = 500;
const longestClean = 200;
/** Shorter ones may be words that another registry says for its own reasons. */
const shortest = 8;

/**
 * The logins that were shown last, of all registries: who was shown one may say it back later, when a file holds another
 * already, or by the mouth of another registry. Tokens are not among them: each attempt has one of its own.
 */
export class SecretMemory {
	readonly #kept = new Map<string, Shown>();
	readonly #clean = new Set<string>();

	/** Keeps one, in the place of the one that was shown longest ago. */
	keep(shown: Shown): void {
		if (shown.secret.length < shortest) return;
		const known = this.#kept.get(shown.secret);
		if (!known) this.#clean.clear();
		this.#kept.delete(shown.secret);
		this.#kept.set(shown.secret, known ?? shown);
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
	}

	has(secret: string): boolean {
		return this.#kept.has(secret);
	}

	/** `text` without them, but for those that `own` names. */
	conceal(text: string, own: ReadonlySet<string>): string {
		if (this.#clean.has(text)) return text;
		const suspects = [...this.#kept.values()].filter(({ secret }) => !own.has(secret));
		const clean = concealed(text, suspects);
		if (clean === text && suspects.length === this.#kept.size) this.#noteClean(text);
		return clean;
	}

	#noteClean(text: string): void {
		if (text.length > longestClean) return;
		if (this.#clean.size >= mostClean) this.#clean.clear();
		this.#clean.add(text);
	}
}
