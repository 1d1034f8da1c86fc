import { distance } from 'fastest-levenshtein';

import { printable } from '../registry/redact.ts';
import type { Document } from './document.ts';
import { type Fault, Wrong } from './fault.ts';
import { type Path, pathText, type Place, type Position } from './place.ts';

/** Keys whose values may be a secret or hold one. */
const hiding: ReadonlySet<unknown> = new Set(['proxy', 'credentials']);

/** A login before a host, a key in PEM, a file's text where its path belongs. The `@` of a digest is none. */
const secretLike = /:[^@/\s:]*@(?!sha\d{3}:)|-----BEGIN|^\s*\{|\n/;
/** Looks like a path, and not like base64. */
const pathLike = /^(?:\.{0,2}\/|[\w-]+\.)[\w./ -]*$/;

/** A fault about the value at `path`: `"5 minutes" is not a duration; write 5m`. */
export function faultAt(document: Document, path: Path, { wrong, remedy, better }: Wrong): Fault {
	const place = document.places.get(pathText(path));
	const shown = shownValue(path, place);
	const visible = shown !== undefined && !place?.interpolated;
	const advice = visible && better !== undefined ? better : remedy;
	return faultOf(document, place?.value, path, `${shown ?? 'the value'} ${wrong}`, advice);
}

/** A fault about a key that stands at `path` and should not. */
export function unknownKey(document: Document, path: Path, key: string, known: readonly string[]): Fault {
	const position = document.places.get(pathText([...path, key]))?.key;
	const near = nearest(key, known);
	const remedy = near === undefined ? `the keys here are ${known.join(', ')}` : `did you mean "${near}"?`;
	return faultOf(document, position, path, `unknown key "${printable(key, 60)}"`, remedy);
}

/** A fault about a key that should stand at `path` and does not. */
export function missingKey(document: Document, path: Path, key: string, remedy: string): Fault {
	const position = document.places.get(pathText(path))?.value;
	return faultOf(document, position, path, `key "${key}" is missing`, remedy);
}

/** The one of `known` that was most likely meant by `text`. */
export function nearest(text: string, known: readonly string[]): string | undefined {
	const typed = text.slice(0, 60).toLowerCase();
	const near = known.map((key) => ({ key, steps: distance(typed, key.toLowerCase()) }));
	const [best] = near.toSorted((a, b) => a.steps - b.steps);
	return best && best.steps <= Math.max(2, typed.length / 3) && best.steps < typed.length ? best.key : undefined;
}

function faultOf(document: Document, position: Position | undefined, path: Path, wrong: string, remedy: string): Fault {
	return { file: document.file, ...position, path: pathText(path), wrong, remedy };
}

/** The value as it stands in the file, never as the environment made it; undefined where it may be a secret. */
function shownValue(path: Path, place: Place | undefined): string | undefined {
	const written = place?.written;
	if (written === undefined) return path.length === 0 ? 'the file' : place && 'this';
	if (mayBeSecret(written) || hiding.has(path.at(-1)) || path.includes('proxy')) return undefined;
	if (path.includes('credentials') && !pathLike.test(written)) return undefined;
	return place?.isText ? `"${printable(written, 60)}"` : printable(written, 60);
}

/** Whether a value may be a secret. Looked for by places: a pattern for an `@` behind `://` looks behind each of them. */
function mayBeSecret(text: string): boolean {
	const scheme = text.indexOf('://');
	return (scheme >= 0 && text.indexOf('@', scheme) >= 0) || secretLike.test(text);
}
