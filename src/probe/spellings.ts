import { printable } from '../registry/redact.ts';

/** Characters of base64 that stand for fewer are no proof of anything. */
const leastCore = 8;
/** Is written the same in URLs, JSON and HTML. */
const plain = /^[\w.~-]*$/;
const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&#34;',
	"'": '&#39;',
};

/**
 * The forms in which a server could say back a text that it was shown: as it is, on one line, in a URL, in JSON, in HTML,
 * in hexadecimal and in base64, there also as a part of something longer.
 */
export function spellingsOf(text: string): readonly string[] {
	const bytes = Buffer.from(text);
	return [text, ...(plain.test(text) ? [] : [...quotedIn(text), misread(text)]), ...encodingsOf(bytes)];
}

/** The length of the shortest of them: on one line or misread a text can only become shorter, everywhere else longer. */
export function shortestSpelling(text: string): number {
	if (plain.test(text)) return text.length;
	return Math.min(printable(text, text.length + 1).length, misread(text).length);
}

/** Sent in Latin-1 and read as UTF-8. */
function misread(text: string): string {
	return Buffer.from(text, 'latin1').toString('utf8');
}

/** In a URL, in JSON, in HTML, on one line. */
function quotedIn(text: string): readonly string[] {
	const whole = text.toWellFormed();
	const inJson = JSON.stringify(text).slice(1, -1);
	const inHtml = text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
	return [
		printable(text, text.length + 1),
		encodeURIComponent(whole),
		encodeURI(whole),
		new URLSearchParams([['', whole]]).toString().slice(1),
		inJson,
		inHtml,
		inHtml.replaceAll('&#34;', '&quot;'),
		...(inJson === text ? [] : coresOf(Buffer.from(inJson))),
	];
}

function encodingsOf(bytes: Buffer): readonly string[] {
	const base64 = bytes.toString('base64').replace(/=+$/, '');
	return [bytes.toString('hex'), base64, urlSafe(base64), ...coresOf(bytes)];
}

/** The same in both alphabets, wherever these bytes stand. */
function coresOf(bytes: Buffer): readonly string[] {
	return [0, 1, 2].map((before) => coreOf(bytes, before)).flatMap((core) => [core, urlSafe(core)]);
}

/** What base64 of anything that holds these bytes behind so many others (modulo 3) holds itself. */
function coreOf(bytes: Buffer, before: number): string {
	const encoded = Buffer.concat([Buffer.alloc(before), bytes])
		.toString('base64')
		.replace(/=+$/, '');
	const whole = Math.floor(((before + bytes.length) * 8) / 6);
	const core = encoded.slice(Math.ceil((before * 8) / 6), whole);
	return core.length < leastCore ? '' : core;
}

const urlSafe = (base64: string) => base64.replaceAll('+', '-').replaceAll('/', '_');
