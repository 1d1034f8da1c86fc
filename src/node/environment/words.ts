/** The words of a value, and whether systemd gives up at some place: the words before it count. */
export interface Words {
	readonly words: readonly string[];
	readonly broken: boolean;
}

const mostWords = 1000;
const escapes: Readonly<Record<string, string>> = {
	a: '\u0007',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
	v: '\v',
	s: ' ',
	'\\': '\\',
	'"': '"',
	"'": "'",
};

/**
 * Splits a value at white space as systemd does with Environment= (systemd.syntax(7), "Quoting"): single and double
 * quotes may stand anywhere in a word, and escapes of C mean what they say within and without quotes. An unknown escape
 * or a quote without its end breaks off. Never throws.
 */
export function readWords(text: string): Words {
	const words: string[] = [];
	let word: string | undefined;
	let quote = '';
	for (let at = 0; at < text.length && words.length < mostWords;) {
		const char = text.charAt(at);
		if (char === '\\') {
			const escape = readEscape(text, at + 1);
			if (!escape) return { words, broken: true };
			word = (word ?? '') + escape.char;
			at = escape.end;
			continue;
		}
		at++;
		if (quote !== '') {
			if (char === quote) quote = '';
			else word += char;
		} else if (char === '"' || char === "'") {
			quote = char;
			word ??= '';
		} else if (/[ \t\n\r]/.test(char)) {
			if (word !== undefined) words.push(word);
			word = undefined;
		} else {
			word = (word ?? '') + char;
		}
	}
	if (quote !== '') return { words, broken: true };
	return { words: word === undefined ? words : [...words, word], broken: false };
}

/** What stands behind a backslash: one letter, or a number of fixed length. Number zero is no character. */
function readEscape(text: string, at: number): { char: string; end: number } | undefined {
	const simple = escapes[text.charAt(at)];
	if (simple !== undefined) return { char: simple, end: at + 1 };
	const pattern = /x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-3][0-7]{2})/y;
	pattern.lastIndex = at;
	const [whole, hex, short, long, octal] = pattern.exec(text) ?? [];
	if (whole === undefined) return undefined;
	const code = octal === undefined ? Number.parseInt(hex ?? short ?? long ?? '', 16) : Number.parseInt(octal, 8);
	if (code === 0 || code > 0x10_ffff) return undefined;
	return { char: String.fromCodePoint(code), end: at + whole.length };
}
