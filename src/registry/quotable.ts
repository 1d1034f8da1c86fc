import { printable, withoutLogin } from './redact.ts';

/** Keys and settings of all files that are read here are such words. */
const word = /^[A-Za-z_][\w-]{0,40}$/;
/** No such word has digits, small and capital letters all at once; what is encoded or made up by a machine has. */
const random = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])/;
const label = /[\w*-]{1,63}/.source;
/** A host that can be told from a word: by a dot, by its port, or by being localhost. An address in brackets too. */
const host = `(?:(?:${label}\\.)+${label}\\.?|localhost(?=[:/]|$)|${label}(?=:)|\\[[\\da-fA-F:.]{2,45}\\])(?::\\d{1,5})?`;
const location = new RegExp(`^(?:https?://)?${host}(?:/[\\w./:@+*-]*)?$`, 'i');
/** A path of a node, absolute or with a dot; text in base64 may have slashes, but does not begin with one. */
const path = /^(?:\.{0,2}\/|[\w-]+\.)[\w./@:+*? -]*$/;
const longest = 200;

/**
 * A key or setting that is not known, in quotes; `otherwise` where it is no plain word. What stands in a wrong place may be
 * a secret: only what has the form of the right thing is repeated.
 */
export function quotedWord(text: string, otherwise: string): string {
	return word.test(text) && !random.test(text) ? `"${text}"` : otherwise;
}

/** The same where one of a few words belongs, none of which has a digit. */
export function quotedChoice(text: string, otherwise: string): string {
	return /\d/.test(text) ? otherwise : quotedWord(text, otherwise);
}

/** The same of a host with a port and a path, with `http` before it or not. In the place of a login stands `REDACTED@`. */
export function quotedLocation(text: string, otherwise: string): string {
	const shown = withoutLogin(text);
	const plain = shown === text ? text : shown.replace(/^((?:https?:\/\/)?)REDACTED@/i, '$1');
	const fits = plain.length <= longest && location.test(plain) && !isEncoded(plain);
	return fits ? `"${printable(shown, longest)}"` : otherwise;
}

/** A location as a list may show it, without quotes; `REDACTED` where it is none. */
export function listedLocation(text: string): string {
	return quotedLocation(text, '"REDACTED"').slice(1, -1);
}

/** The same of the path of a file or a directory. */
export function quotedPath(text: string, otherwise: string): string {
	return text.length <= longest && path.test(text) && !isEncoded(text) ? `"${printable(text, longest)}"` : otherwise;
}

/** A JSON Web Token, or the configuration of docker in base64, has dots or slashes too; an `@` only stands before a digest. */
function isEncoded(text: string): boolean {
	return /\beyJ[\w-]{10,}/.test(text) || /@(?!sha\d{3}:)/.test(text);
}
