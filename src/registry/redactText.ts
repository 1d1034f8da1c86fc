import { printableUrl } from './redact.ts';

/** A URL with a scheme, up to white space or a quote, which may be an escaped one; some escape its slashes. */
const absoluteUrl = /\b[a-z][a-z0-9+.-]{1,15}:\\?\/\\?\/(?:[^\s"\\]|\\(?!"))+/gi;
/** A query without a scheme before it: Go prints the Location of a redirect that it did not follow. XML begins alike. */
const looseQuery = /\?(?!xml\s|>(?:[<"\\\s]|$))(?:[^\s"\\?]|\\(?!"))+/g;
/** A query inside of an escaped URL: `%3Fsig%3D…`. */
const escapedQuery = /%(?:25)*3f[^\s"\\]+/gi;
/** How JSON of Go writes `&`. */
const escapedAnd = /\\u0026/gi;
/** What stands before an `@`, from where its word begins: a pattern for a login alone looks through the word for each colon. */
const beforeAt = /(?<![^\s"'@/\\])[^\s"'@/\\]+@(?!sha\d{3}:)(?=[\w[])/g;
/** The beginning of a login without a scheme; `app:1@sha256:…` is an image. */
const looseLogin = /(?<![\w.~%!$&*+@:/-])[\w.~%!$&*+-]+:(?=[^@])/;
/** What follows the name of a scheme in an Authorization header (RFC 9110, 11.6.2), or is quoted like it. */
const authorization = /\b(bearer|basic)(\s+|%20)([\w.~+/-]{8,}=*)/gi;
/** Words have no digit and no upper case within. */
const isCredential = /\d|[+=]|[a-z][A-Z]|[A-Z]{2}/;
/** JSON that begins with an object, in base64: a JSON Web Token, or the configuration of docker. */
const encodedObject = /\beyJ[\w-]{10,}(?:\.[\w-]*){0,4}/g;
/** Punctuation that belongs to the sentence around a URL. */
const sentenceSigns = ':;,.)]}';
/** A parameter whose value may be shown, or is hidden already. */
const shownPair = /^(?:\u2026|REDACTED|(?:ns|scope|service)=.*|[\w.-]+=REDACTED)$/;

/**
 * A message from outside in which no query string, login or fragment of a URL is left, in whatever form it stands: as
 * it is, in quotes, in escaped quotes, as a path alone, percent-encoded; nor what an Authorization header holds, nor a
 * JSON Web Token. The rest is left as it is, and still to be made printable. Runtimes print the query strings of signed
 * URLs, which are as good as a password while they last.
 */
export function redactText(text: string): string {
	return text
		.replace(absoluteUrl, (found) => {
			const [url, end] = sentenceCut(found.replace(escapedAnd, '&').replaceAll('\\/', '/'));
			return printableUrl(url) + end;
		})
		.replace(looseQuery, (found) => {
			const [query, end] = sentenceCut(found.replace(escapedAnd, '&'));
			const pairs = query.slice(1);
			const shown = pairs === '' || pairs.split('&').every((pair) => shownPair.test(pair));
			return shown ? found : `?REDACTED${end}`;
		})
		.replace(escapedQuery, '%3FREDACTED')
		.replace(beforeAt, withoutLooseLogin)
		.replace(authorization, (found, scheme: string, space: string, value: string) =>
			isCredential.test(value) ? `${scheme}${space}REDACTED` : found,
		)
		.replace(encodedObject, 'REDACTED');
}

/** `found` stands in `whole` at `at`. A path goes on behind one slash; behind two a host begins. */
function withoutLooseLogin(found: string, at: number, whole: string): string {
	const before = whole.startsWith('//', at - 2) ? '' : whole.charAt(at - 1);
	const login = looseLogin.exec(before + found);
	return login ? `${found.slice(0, login.index - before.length)}REDACTED@` : found;
}

/** Cuts off the punctuation behind. */
function sentenceCut(text: string): readonly [text: string, end: string] {
	let end = text.length;
	while (end > 0 && sentenceSigns.includes(text.charAt(end - 1))) end--;
	return [text.slice(0, end), text.slice(end)];
}
