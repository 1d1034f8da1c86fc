import { unquote } from './message.ts';

/** Of more layers than this the outermost and the innermost are read. */
const outermost = 20;
const innermost = 60;
/** Longest text of a layer, in UTF-16 units. */
const longestLayer = 4096;
/** So many quotes may stand around a whole error, as when kubelet quotes it in a log line. */
const mostQuotes = 3;

const secondTry = '; artifact err';

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * Splits an error into the layers that Go programs wrap around it, outermost first: `outer: middle: inner`. A colon in
 * double quotes or in brackets splits nothing; a line break does, as the message of a registry begins there. A layer
 * that is one quoted error is split in turn. Linear in the length of the text, whatever it holds.
 */
export function layersOf(error: string): readonly string[] {
	const layers = firstTry(split(error, 0));
	if (layers.length <= outermost + innermost) return layers;
	return [...layers.slice(0, outermost), ...layers.slice(-innermost)];
}

/**
 * CRI-O tries what it cannot pull as an image once more as an OCI artifact. The second error repeats the first, or
 * speaks of artifacts.
 */
function firstTry(layers: readonly string[]): readonly string[] {
	const at = layers.findIndex((layer) => layer.endsWith(secondTry));
	const last = layers[at];
	return last === undefined ? layers : [...layers.slice(0, at), last.slice(0, -secondTry.length)];
}

function split(text: string, quotes: number): readonly string[] {
	const ends = endsOf(text);
	const layers: string[] = [];
	let begin = 0;
	for (let at = 0; at < text.length; at++) {
		at = ends.get(at) ?? at;
		const width = separatorAt(text, at);
		if (width === 0) continue;
		layers.push(text.slice(begin, at));
		begin = at + width;
		at = begin - 1;
	}
	layers.push(text.slice(begin));
	return layers.map((layer) => layer.trim()).flatMap((layer) => (layer === '' ? [] : opened(layer, quotes)));
}

/** What is wholly quoted and holds layers of its own is read as they. The code of gRPC stands in front of a layer. */
function opened(wrapped: string, quotes: number): readonly string[] {
	const layer = wrapped.replace(/^code = \w+ desc = /, '');
	const [, quoted] = quotes < mostQuotes ? (/^"([^]*)"[,}]*$/.exec(layer) ?? []) : [];
	if (quoted !== undefined && quoted.includes(': ')) return split(unquote(quoted), quotes + 1);
	return [layer.slice(0, longestLayer)];
}

/** The width of the separator that stands here; 0 for none. */
function separatorAt(text: string, at: number): number {
	if (text[at] === '\n') return 1;
	if (text[at] !== ':') return 0;
	const next = text[at + 1];
	if (next === undefined || next === '\n') return 1;
	return next === ' ' ? 2 : 0;
}

/** Where each quote and bracket that is closed again ends, by where it begins. Quotes hide the brackets inside them. */
function endsOf(text: string): ReadonlyMap<number, number> {
	const ends = new Map<number, number>();
	const open: number[] = [];
	let quotable = true;
	for (let at = 0; at < text.length; at++) {
		const sign = text.charAt(at);
		if (sign === '"' && quotable) {
			const end = closingQuote(text, at + 1);
			quotable = end > 0;
			if (quotable) ends.set(at, end);
			at = quotable ? end : at;
		} else if (closing[sign] !== undefined) open.push(at);
		else if (sign === ')' || sign === ']' || sign === '}') closeBracket(text, at, open, ends);
	}
	return ends;
}

function closeBracket(text: string, at: number, open: number[], ends: Map<number, number>): void {
	const begin = open.at(-1);
	if (begin === undefined || closing[text.charAt(begin)] !== text[at]) return;
	open.pop();
	ends.set(begin, at);
}

/** The next double quote without a backslash before it; -1 where there is none. */
function closingQuote(text: string, from: number): number {
	for (let at = from; at < text.length; at++) {
		if (text[at] === '\\') at++;
		else if (text[at] === '"') return at;
	}
	return -1;
}
