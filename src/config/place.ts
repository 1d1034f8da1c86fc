import { quotedWord } from '../registry/quotable.ts';
import { looksRandom } from './forms.ts';

/** The way to a value: keys and positions in lists. */
export type Path = readonly (string | number)[];

/** Where a value stands in the file. Lines and columns count from 1. */
export interface Place {
	/** Of the key; of the value itself in a list. */
	readonly key: Position;
	readonly value: Position;
	/** A single value as it stands in the file, before variables were put in; absent for lists, maps and nothing. */
	readonly written?: string;
	/** The value is a text, not a number, true or false. */
	readonly isText: boolean;
	/** Some of the value came from the environment. */
	readonly interpolated: boolean;
}

export interface Position {
	readonly line: number;
	readonly column: number;
}

/** Keys whose values may be a secret or hold one. */
const hiding: ReadonlySet<unknown> = new Set(['proxy', 'credentials']);
/** Whatever else stands below those is not known, and may be a login. */
const knownBelowHiding: ReadonlySet<string> = new Set(['file', 'secret']);

/** Whether what stands at `path`, or below it, may be a secret. */
export function isHiding(path: Path): boolean {
	return path.some((part) => hiding.has(part));
}

/** Finds a value again: another path has another text. Not to be shown. */
export function pathKey(path: Path): string {
	return JSON.stringify(path);
}

/** `registries[2].interval`, as people read and search it. A key that may be a secret is not told. */
export function pathText(path: Path): string {
	return path.reduce<string>((text, part, at) => {
		if (typeof part === 'number') return `${text}[${part}]`;
		const key = isKeyShown(path.slice(0, at), part) ? part : '(a key)';
		return text === '' ? key : `${text}.${key}`;
	}, '');
}

/** The key of a map at `path` that should not stand there, in quotes; undefined where it may be a secret. */
export function quotedKey(path: Path, key: string): string | undefined {
	return isHiding(path) || !isPlainKey(key) ? undefined : `"${key}"`;
}

function isKeyShown(path: Path, key: string): boolean {
	return isHiding(path) ? knownBelowHiding.has(key) : isPlainKey(key);
}

function isPlainKey(key: string): boolean {
	return quotedWord(key, '') !== '' && !looksRandom(key);
}

/** By `pathKey`. */
export type Places = ReadonlyMap<string, Place>;
