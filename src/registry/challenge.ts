import { printable } from './redact.ts';

/** The registry wants a token from the service at `realm`. */
export interface BearerChallenge {
	readonly scheme: 'bearer';
	/** An absolute http or https URL. */
	readonly realm: string;
	readonly service?: string;
	/** As sent, split at spaces: `scope=""` gives one empty scope, which containerd asks for too. */
	readonly scopes: readonly string[];
	/** `insufficient_scope`, `invalid_token`: set when a token was presented and refused. Printable. */
	readonly error?: string;
}

/** The registry wants a user and a password. */
export interface BasicChallenge {
	readonly scheme: 'basic';
	readonly realm?: string;
}

/** There is a challenge, but none that containerd can answer. */
export interface UnsupportedChallenge {
	readonly scheme: 'unsupported';
	/** Printable, ready for people. */
	readonly why: string;
}

export type Challenge = BearerChallenge | BasicChallenge | UnsupportedChallenge;

/**
 * What the `WWW-Authenticate` lines of an answer ask for, as containerd reads them
 * (https://github.com/containerd/containerd/blob/main/core/remotes/docker/auth/parse.go): the first challenge of each
 * line counts, all that follow it on the line do not; a Bearer line goes before a Basic one, even when it cannot be
 * used; of equal ones the first decides. `lines` holds each header line apart. Undefined when there is none.
 */
export function readChallenge(lines: readonly string[]): Challenge | undefined {
	if (lines.length === 0) return undefined;
	const read = lines.map(readLine);
	const bearer = read.find(({ scheme }) => scheme === 'bearer');
	if (bearer) return bearerOf(bearer.parameters);
	const basic = read.find(({ scheme }) => scheme === 'basic');
	if (basic) return { scheme: 'basic', ...optional('realm', basic.parameters.get('realm')) };
	const schemes = read.map(({ scheme }) => scheme || 'nothing').join(', ');
	return unsupported(`the challenge is neither Bearer nor Basic but ${printable(schemes, 80)}`);
}

function bearerOf(parameters: ReadonlyMap<string, string>): Challenge {
	const realm = parameters.get('realm');
	if (realm === undefined) return unsupported('the Bearer challenge names no realm');
	if (!isRealm(realm)) return unsupported('the realm of the Bearer challenge is not an absolute http or https URL');
	const error = parameters.get('error');
	return {
		scheme: 'bearer',
		realm,
		...optional('service', parameters.get('service')),
		scopes: parameters.get('scope')?.split(' ') ?? [],
		...optional('error', error && printable(error, 64)),
	};
}

/**
 * Stricter than `URL`, which repairs what Go refuses: missing slashes, backslashes, white space. Not `URL.canParse`: it
 * takes hosts of more than 16,384 characters, some of them capital letters, of which no `URL` can be made.
 */
function isRealm(realm: string): boolean {
	return /^https?:\/\/[^/?#\\\s\p{Cc}][^\\\s\p{Cc}]*$/iu.test(realm) && URL.parse(realm) !== null;
}

function optional<K extends string>(key: K, value: string | undefined): { [key in K]?: string } {
	return value ? ({ [key]: value } as { [key in K]?: string }) : {};
}

function unsupported(why: string): UnsupportedChallenge {
	return { scheme: 'unsupported', why };
}

interface Line {
	/** Lower case; empty when the line does not begin with a word. */
	readonly scheme: string;
	/** By lower-case name; of equal names the last. */
	readonly parameters: ReadonlyMap<string, string>;
}

/** Ends without complaint where the grammar ends, as containerd does. */
function readLine(line: string): Line {
	const parameters = new Map<string, string>();
	const scheme = tokenAt(line, 0);
	let at = scheme.length;
	while (scheme !== '') {
		at = skipSpace(line, at);
		const name = tokenAt(line, at);
		at += name.length;
		if (name === '' || line[at] !== '=') break;
		const [value, end] = valueAt(line, at + 1);
		parameters.set(name.toLowerCase(), value);
		at = skipSpace(line, end);
		if (line[at] !== ',') break;
		at += 1;
	}
	return { scheme: scheme.toLowerCase(), parameters };
}

function tokenAt(line: string, at: number): string {
	return match(/[!#$%&'*+\-.^_`|~0-9A-Za-z]*/y, line, at);
}

function skipSpace(line: string, at: number): number {
	return at + match(/[ \t\r\n]*/y, line, at).length;
}

/** A token, or a quoted string with `\` escapes. A quoted string that never ends is empty and ends the line. */
function valueAt(line: string, at: number): [value: string, end: number] {
	if (line[at] !== '"') {
		const token = tokenAt(line, at);
		return [token, at + token.length];
	}
	const quoted = match(/"(?:[^"\\]|\\[^])*"/y, line, at);
	if (quoted === '') return ['', line.length];
	return [quoted.slice(1, -1).replace(/\\([^])/g, '$1'), at + quoted.length];
}

function match(pattern: RegExp, text: string, at: number): string {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0] ?? '';
}
