const frameBegin = '-----BEGIN ';
const frameEnd = '\n-----END ';
const frameTail = '-----';

/** One block of a PEM text. */
export interface PemBlock {
	readonly type: string;
	/** Whether headers stand before the body, as in encrypted keys. */
	readonly headers: boolean;
	/** What the body encodes. */
	readonly bytes: Buffer;
}

/**
 * The blocks of a PEM text, as Go finds them (https://go.dev/src/encoding/pem/pem.go): each frame takes a line of its
 * own, and what stands between blocks is passed over. An end and a beginning on one line make both blocks unreadable.
 * Never throws.
 */
export function* readPem(text: string): Generator<PemBlock> {
	for (let at = 0; ;) {
		const end = text.indexOf(frameEnd, at);
		if (end < 0) return;
		const found = blockBefore(text, at, end);
		if (found === 'over') return;
		if (found) yield found;
		at = found ? lineAt(text, end + 1).next : end + frameEnd.length;
	}
}

/** The block whose end frame is at `end`; undefined for none; `over` where Go reads no further. */
function blockBefore(text: string, from: number, end: number): PemBlock | 'over' | undefined {
	const trailer = end + frameEnd.length;
	// The last of several beginnings: those without an end are passed over.
	const begin = from + text.slice(from, end).lastIndexOf(frameBegin);
	if (begin < from || (begin > from && text[begin - 1] !== '\n')) return undefined;
	const first = lineAt(text, begin + frameBegin.length);
	if (!first.line.endsWith(frameTail)) return undefined;
	const type = first.line.slice(0, -frameTail.length);
	const body = behindHeaders(text, first.next);
	if (body === undefined || body > trailer) return 'over';
	const headers = body > first.next;
	if ((headers && body > end) || !closes(text, trailer, type)) return undefined;
	const bytes = readBase64(text.slice(body, Math.max(body, end)));
	return bytes && { type, headers, bytes };
}

/** Where the lines with a colon end; undefined where the text does. */
function behindHeaders(text: string, from: number): number | undefined {
	let at = from;
	for (;;) {
		if (at >= text.length) return undefined;
		const { line, next } = lineAt(text, at);
		if (!line.includes(':')) return at;
		at = next;
	}
}

/** Whether the end frame says the same type, and nothing else stands on its line. */
function closes(text: string, at: number, type: string): boolean {
	const closing = `${type}${frameTail}`;
	return text.startsWith(closing, at) && lineAt(text, at + closing.length).line === '';
}

/** A line from where one stands, without blanks at its end, and where the next one begins. */
function lineAt(text: string, from: number): { readonly line: string; readonly next: number } {
	const at = text.indexOf('\n', from);
	const end = at < 0 ? text.length : at > from && text[at - 1] === '\r' ? at - 1 : at;
	return { line: withoutBlanksBehind(text.slice(from, end)), next: at < 0 ? text.length : at + 1 };
}

function withoutBlanksBehind(line: string): string {
	let end = line.length;
	while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end--;
	return line.slice(0, end);
}

/** Standard base64 with its padding; blanks and line breaks have no meaning. */
function readBase64(text: string): Buffer | undefined {
	const plain = text.replace(/[ \t\r\n]+/g, '');
	const whole = plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
	return whole ? Buffer.from(plain, 'base64') : undefined;
}
