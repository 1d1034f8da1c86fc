/** More logins than a node has. */
const mostKept = 50;
/** Shorter ones may be words that another registry says for its own reasons. */
const shortest = 8;

/** One secret that was shown. */
export interface Shown {
	readonly secret: string;
	/** How long a text is at least that holds it in any spelling. */
	readonly least: number;
	/** Made when first looked for. */
	spellings?: readonly string[];
}

/**
 * The logins that were shown last, of all registries: who was shown one may say it back later, when a file holds another
 * already, or by the mouth of another registry. Tokens are not among them: each attempt has one of its own.
 */
export class SecretMemory {
	readonly #kept = new Map<string, Shown>();

	/** Keeps one, in the place of the one that was shown longest ago. */
	keep(shown: Shown): void {
		if (shown.secret.length < shortest) return;
		const known = this.#kept.get(shown.secret) ?? shown;
		this.#kept.delete(shown.secret);
		this.#kept.set(shown.secret, known);
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
	}

	get all(): Iterable<Shown> {
		return this.#kept.values();
	}
}
