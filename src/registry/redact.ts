const escape = String.fromCharCode(0x1b);
const controlSequenceIntroducer = String.fromCharCode(0x9b);

/** Terminal sequences as a whole: colours and cursor moves (CSI), titles and links (OSC). */
const terminalSequences = new RegExp(
	`(?:${escape}\\[|${controlSequenceIntroducer})[0-?]*[ -/]*[@-~]?|${escape}\\][^${escape}\\p{Cc}]*(?:\\p{Cc}\\\\?)?`,
	'gu',
);
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
/** Control characters (C0 and C1), format characters (among them bidirectional overrides), lone surrogates. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** Names of query parameters whose values tell what was asked and never carry a secret. */
const openNames: ReadonlySet<string> = new Set(['ns', 'scope', 'service']);
const hidden = 'REDACTED';
const maximumUrl = 500;
const maximumParameters = 20;
/** Names and digests are shorter; a longer segment of a path is a signature or a token. */
const maximumSegment = 150;

/**
 * A text from outside as one line that a terminal, a log and a label can bear: line breaks become spaces, terminal
 * sequences go, every other control, format or broken character becomes `\uFFFD`. Never longer than `max` UTF-16
 * units; what was cut ends in `…`.
 */
export function printable(text: string, max = 200): string {
	const bounded = text.slice(0, Math.max(0, max) * 4 + 256);
	const clean = bounded.replace(terminalSequences, '').replace(breaks, ' ').replace(unprintable, '\uFFFD');
	return shorten(bounded.length < text.length ? `${clean}…` : clean, max);
}

/**
 * A URL as it may be shown: scheme, host, path, and of the query the names, with values only where the name is
 * known to be harmless. Login and fragment are dropped. At most 500 characters.
 */
export function printableUrl(url: URL | string): string {
	const parsed = typeof url === 'string' ? URL.parse(url) : url;
	if (!parsed) return '(unreadable URL)';
	if (parsed.host === '') return printable(`${parsed.protocol}${hidden}`);
	const path = withoutLoginInPath(parsed.pathname).split('/').map(printableSegment).join('/');
	return printable(`${parsed.protocol}//${parsed.host}${path}${printableQuery(parsed.search)}`, maximumUrl);
}

/** An `@` ends a login whose password has a slash, so that a piece of it was taken for the host. */
function withoutLoginInPath(path: string): string {
	return path.replace(/^.*(?:@|%(?:25)*40)[^/]*/, `/${hidden}`);
}

/** No name, tag or digest has an equals sign: it belongs to a signature, a session, or the query of another URL. */
function printableSegment(segment: string): string {
	const plain = segment.replace(/%(?:25)*3f.*$/i, `%3F${hidden}`);
	return plain.length > maximumSegment || /=|%(?:25)*3d/i.test(plain) ? hidden : plain;
}

/**
 * A text that should name a host, without what stands before its `@`: some write a login there. The `@` of a digest
 * stays, and all else too.
 */
export function withoutLogin(text: string): string {
	return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@(?!sha\d{3}:)/is, `$1${hidden}@`);
}

function printableQuery(search: string): string {
	if (search.length < 2) return '';
	const pairs = search.slice(1).split('&', maximumParameters + 1);
	const shown = pairs.slice(0, maximumParameters).map(printablePair);
	return `?${[...shown, ...(pairs.length > maximumParameters ? ['…'] : [])].join('&')}`;
}

function printablePair(pair: string): string {
	const at = pair.indexOf('=');
	const name = pair.slice(0, Math.max(0, at));
	if (!/^[\w.-]{1,40}$/.test(name)) return hidden;
	return openNames.has(name) ? pair : `${name}=${hidden}`;
}

function shorten(text: string, max: number): string {
	if (text.length <= max) return text;
	const cut = text.slice(0, Math.max(0, max - 1));
	const whole = /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
	return max < 1 ? '' : `${whole}…`;
}
