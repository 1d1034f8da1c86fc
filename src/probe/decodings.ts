import { domainToUnicode } from 'node:url';

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** Of a host name beyond ASCII (RFC 3492). */
const encodedLabel = /\bxn--[a-z\d-]+/gi;
/** As often as servers escape what another has escaped. */
const mostRounds = 3;
/** Base64 is broken into lines of 64 or 76 letters; a word is shorter. */
const leastLine = 40;

/**
 * What a text says once the escapes in it are read: of URLs, of JSON and JavaScript, of HTML, of names in certificates (RFC
 * 4514), of host names beyond ASCII; bytes that were taken for Latin-1, and base64 in lines. Without the text itself.
 */
export function decodingsOf(text: string): readonly string[] {
	const found = new Set<string>();
	if (text.split(/\s/).some((line, at, lines) => line.length >= leastLine && at < lines.length - 1))
		found.add(text.replace(/\s/g, ''));
	if (/[\u0080-\u00ff]/.test(text)) found.add(Buffer.from(text, 'latin1').toString('utf8'));
	for (let [last, round] = [text, 0]; round < mostRounds; round++) {
		const next = unescaped(last);
		if (next === last) break;
		found.add(next);
		last = next;
	}
	for (const each of [text, ...found]) if (/xn--/i.test(each)) found.add(each.replace(encodedLabel, unicodeOf));
	return [...found];
}

/** So that the same letters are the same text: composed, and small. */
export function folded(text: string): string {
	return text.normalize('NFC').toLowerCase();
}

function unicodeOf(label: string): string {
	return domainToUnicode(label) || label;
}

function unescaped(text: string): string {
	if (!/[%\\&]/.test(text)) return text;
	return text
		.replace(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
		.replace(/\\u([\da-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
		.replace(/\\([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
		.replace(/&#x([\da-f]{1,6});/gi, (_, digits: string) => character(Number.parseInt(digits, 16)))
		.replace(/&#(\d{1,7});/g, (_, digits: string) => character(Number(digits)))
		.replace(/&(amp|lt|gt|quot|apos);/g, (all, name: string) => entities[name] ?? all)
		.replace(/\\([^\sA-Za-z\d])/g, '$1');
}

function character(code: number): string {
	return code <= 0x10_ffff ? String.fromCodePoint(code) : '';
}
