import { distance } from 'fastest-levenshtein';

import { printable } from '../registry/redact.ts';
import type { Document } from './document.ts';
import { type Fault, Wrong } from './fault.ts';
import { fitsKey } from './forms.ts';
import { isHiding, type Path, pathKey, pathText, type Place, type Position, quotedKey } from './place.ts';

/**
 * A fault about the value at `path`: `"5 minutes" is not a duration; write 5m`. `others` are values that the better remedy
 * is made of besides.
 */
export function faultAt(
	document: Document,
	path: Path,
	{ wrong, remedy, better }: Wrong,
	others: readonly Path[] = [],
): Fault {
	const place = document.places.get(pathKey(path));
	const shown = shownValue(path, place) ?? 'the value';
	const visible = [path, ...others].every((each) => mayBeRepeated(each, document.places.get(pathKey(each))));
	return faultOf(document, place?.value, path, `${shown} ${wrong}`, visible && better !== undefined ? better : remedy);
}

/** A fault about a key that stands at `path` and should not. */
export function unknownKey(document: Document, path: Path, key: string, known: readonly string[]): Fault {
	const position = document.places.get(pathKey([...path, key]))?.key;
	const near = nearest(key, known);
	const remedy = near === undefined ? `the keys here are ${known.join(', ')}` : `did you mean "${near}"?`;
	const quoted = quotedKey(path, key);
	return faultOf(document, position, path, quoted === undefined ? 'unknown key' : `unknown key ${quoted}`, remedy);
}

/** A fault about a key that should stand at `path` and does not. */
export function missingKey(document: Document, path: Path, key: string, remedy: string): Fault {
	const position = document.places.get(pathKey(path))?.value;
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
	if (path.length === 0) return 'the file';
	const written = place?.written;
	if (written === undefined) return place && 'this';
	if (!hasForm(path, written)) return undefined;
	return place?.isText ? `"${printable(written, 60)}"` : printable(written, 60);
}

/** Whether a remedy may be made of a value. */
function mayBeRepeated(path: Path, place: Place | undefined): boolean {
	return !place?.interpolated && shownValue(path, place) !== undefined;
}

/** Of what may hide a secret only the path of a file is shown. */
function hasForm(path: Path, written: string): boolean {
	const key = path.findLast((part) => typeof part === 'string') ?? '';
	return isHiding(path) && key !== 'file' ? false : fitsKey(key, written);
}
