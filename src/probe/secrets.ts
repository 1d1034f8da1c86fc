import type { Login } from '../registry/secret.ts';

/** Shorter ones would tear holes into plain words. */
const shortest = 4;
const hidden = 'REDACTED';

/** What was shown to servers in one attempt, kept out of what they are quoted with: some repeat it in their errors. */
export class Secrets {
	readonly #known = new Set<string>();

	add(secret: string): void {
		if (secret.length >= shortest) this.#known.add(secret);
	}

	/** A login in the spellings in which a server sees it. */
	addLogin({ username, password }: Login): void {
		const plain = password.reveal();
		for (const spelling of [plain, encodeURIComponent(plain)]) this.add(spelling);
		this.add(Buffer.from(`${username}:${plain}`).toString('base64'));
	}

	/** `text` without them; also without the beginning of one at its end, where the text was cut. */
	conceal(text: string): string {
		let clean = text;
		for (const secret of this.#known) {
			clean = clean.replaceAll(secret, hidden);
			if (clean.endsWith('…')) clean = withoutBeginning(clean.slice(0, -1), secret);
		}
		return clean;
	}
}

function withoutBeginning(text: string, secret: string): string {
	for (let length = Math.min(text.length, secret.length - 1); length >= shortest; length--) {
		if (text.endsWith(secret.slice(0, length))) return `${text.slice(0, -length)}${hidden}…`;
	}
	return `${text}…`;
}
