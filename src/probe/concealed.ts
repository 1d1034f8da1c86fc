import { decodingsOf, folded } from './decodings.ts';
import { spellingsOf } from './spellings.ts';

/** Shorter secrets would tear holes into plain words. */
export const shortest = 4;
const hidden = 'REDACTED';

/** One secret that was shown. */
export interface Shown {
	readonly secret: string;
	/** How long a text is at least that holds it in any spelling. */
	readonly least: number;
	/** Made when first looked for. */
	spellings?: readonly string[];
}

/**
 * `text` without these secrets, in all spellings; also without the beginning of one wherever something was cut. Where one
 * stands behind escapes, nothing is left of the text.
 */
export function concealed(text: string, shown: readonly Shown[]): string {
	const isCut = text.includes('…');
	// Most texts are shorter than a token: then its spellings, each as long again, need not be made.
	const fitting = shown.filter(({ least }) => isCut || text.length >= least);
	if (fitting.length === 0) return text;
	let clean = text;
	const lower = lowerCase(text);
	for (const secret of fitting.flatMap(lowerSpellings)) {
		if (lower.includes(secret)) clean = without(clean, secret);
		if (isCut) clean = withoutBeginnings(clean, secret);
	}
	return saysOne(clean, fitting) ? hidden : clean;
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
