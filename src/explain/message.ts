/** The longest message that is read, in UTF-16 units. What stands behind is not looked at. */
export const longestMessage = 64 * 1024;

/** How a line of a log begins: logfmt of containerd, CRI-O and podman; klog of kubelet. journald may stand before it. */
const logLine = /(?:^|\s)(?:time="[^"]{1,64}" level=|[EWIF]\d{4} \d\d:\d\d:\d\d\.\d)/;
/** A quoted field of such a line. */
const quotedField = /\b(err|error|msg)="((?:[^"\\]|\\.)*)"/g;
const escaped = /\\(?:(["'\\/])|([abfnrtv])|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/g;
const breaks = new Set(['n', 'r', 'v', 'f']);

/** How the error of one try to pull begins. */
const attempt =
	'(?:rpc error: code = |failed to pull and unpack image "|unable to pull image|RegistryUnavailable: |Error response from daemon: )';
const severalTries = new RegExp(`(?:^|: )\\[(?=${attempt})`);
const nextTry = new RegExp(`, (?=${attempt})`);
const mostTries = 10;

/**
 * The errors that a pasted text is about: bounded, taken out of log lines (of several the last), and out of the escapes
 * of a JSON string whose quotes were left behind. Mostly one; kubelet puts several in brackets where it tried more than
 * one login, and each gets what stood before the brackets.
 */
export function errorsIn(message: string): readonly [string, ...string[]] {
	const text = errorIn(message);
	const opening = severalTries.exec(text);
	if (!opening || !text.endsWith(']')) return [text];
	const outer = text.slice(0, opening.index);
	const tries = text
		.slice(opening.index + opening[0].length, -1)
		.split(nextTry)
		.slice(0, mostTries);
	const [first = '', ...others] = tries.map((one) => `${outer}: ${one}`);
	return [first, ...others];
}

function errorIn(message: string): string {
	const text = lastError(message.slice(0, longestMessage).replace(/\r\n?/g, '\n').trim());
	return /\\["nu]/.test(text) && !/(?:^|[^\\])"/.test(text) ? unquote(text) : text;
}

/** The text inside of Go's or JSON's quotes, its escapes resolved. */
export function unquote(text: string): string {
	return text.replace(escaped, (_, sign?: string, letter?: string, unicode?: string, byte?: string) => {
		if (sign !== undefined) return sign;
		if (letter !== undefined) return breaks.has(letter) ? '\n' : ' ';
		return String.fromCharCode(Number.parseInt(unicode ?? byte ?? '20', 16));
	});
}

function lastError(text: string): string {
	const lines = text.split('\n');
	const at = lines.findLastIndex((line) => logLine.test(line));
	const line = lines[at];
	if (line === undefined) return text;
	const after = lines.slice(at + 1).join('\n');
	return after.trim() === '' ? errorField(line) : after.trim();
}

function errorField(line: string): string {
	const fields = new Map([...line.matchAll(quotedField)].map(([, name, value = '']) => [name, value]));
	const field = fields.get('err') ?? fields.get('error') ?? fields.get('msg');
	return field === undefined ? line : unquote(field);
}
