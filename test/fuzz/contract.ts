import { Breach } from './target.ts';

type Refusing = abstract new (...values: never[]) => Error;

/** What `read` gives, or the error of one of these classes that it throws. Every other error is thrown on. */
export function allowing<T, E extends Refusing>(read: () => T, ...classes: readonly E[]): T | InstanceType<E> {
	try {
		return read();
	} catch (error) {
		if (classes.some((one) => error instanceof one)) return error as InstanceType<E>;
		throw error;
	}
}

/** Throws `Breach` unless it is so. */
export function must(holds: boolean, what: string): asserts holds {
	if (!holds) throw new Breach(what);
}

const unprintable = /[\p{Cc}\p{Cf}\p{Cs}]/u;

/** Throws `Breach` for a text that a terminal, a log or a label cannot bear, or that is longer than `most` UTF-16 units. */
export function mustPrint(text: string, most = 4096): void {
	if (unprintable.test(text)) throw new Breach(`not fit for print: ${JSON.stringify(text.slice(0, 200))}`);
	if (text.length > most) throw new Breach(`a text of ${text.length} characters is to be printed`);
}

/** The same of a report of several lines, whose colours are switched off. */
export function mustPrintLines(text: string, most: number): void {
	must(text.length <= most, `a report of ${text.length} characters`);
	for (const line of text.split('\n')) mustPrint(line, most);
}

/** Throws `Breach` for a value with more than `most` characters and parts in all. */
export function mustBeSmall(value: unknown, most: number): void {
	const size = sizeOf(value);
	if (size > most) throw new Breach(`the result has a size of ${size}, more than ${most}`);
}

/** Characters of all texts, and 8 for each part. */
function sizeOf(top: unknown): number {
	const met = new Set<object>();
	const open = [top];
	let size = 0;
	while (open.length > 0) {
		const value = open.pop();
		size += 8;
		if (typeof value === 'string' || value instanceof Uint8Array) size += value.length;
		else if (typeof value === 'object' && value !== null && !met.has(value)) {
			met.add(value);
			for (const part of partsOf(value)) open.push(part);
		}
	}
	return size;
}

function partsOf(value: object): Iterable<unknown> {
	if (value instanceof Map) return [...(value as Map<unknown, unknown>)].flat();
	if (value instanceof Set || Array.isArray(value)) return value as Iterable<unknown>;
	return Object.entries(value).flat();
}

/** How large a number is, as a mark: `3`, `8+`, `128+`. */
export function magnitude(count: number): string {
	return count < 4 ? String(count) : `${2 ** Math.floor(Math.log2(count))}+`;
}

/** A message without what differs from input to input. */
export function gist(message: string): string {
	return message
		.replace(/"(?:[^"\\]|\\.)*"/g, '"…"')
		.replace(/\d+/g, '0')
		.slice(0, 60);
}
