import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';

import { Refusal } from './refusal.ts';

/** A value of a TOML file with the line where it stands. */
export interface TomlValue {
	/** A table keeps the order of the file. Dates are texts. */
	readonly value: string | number | boolean | readonly TomlValue[] | TomlTable;
	/** From 1. */
	readonly line: number;
}

/** The keys of a table in the order in which they appear. */
export type TomlTable = ReadonlyMap<string, TomlValue>;

/** A text that is no TOML. */
export class InvalidToml extends Refusal {
	override readonly name = 'InvalidToml';
}

/** Far larger than the configuration of a runtime; the parser takes up to 10 ms for each 1,000 characters. */
const mostCharacters = 256 * 1024;

/** One `[a.b]` or `[[a.b]]` of a file. */
export interface TomlHeader {
	readonly keys: readonly string[];
	readonly array: boolean;
	/** From 1. */
	readonly line: number;
}

/** A whole file. The headers stand in its order: some readers go by them rather than by the tables that they make. */
export interface TomlDocument {
	readonly top: TomlTable;
	readonly headers: readonly TomlHeader[];
}

/** Reads TOML 1.0 (https://toml.io/en/v1.0.0). Throws `InvalidToml`. */
export function readToml(text: string): TomlTable {
	return readTomlDocument(text).top;
}

/** Reads TOML 1.0 and keeps its headers. Throws `InvalidToml`. */
export function readTomlDocument(text: string): TomlDocument {
	if (text.length > mostCharacters) throw new InvalidToml('the file is larger than 256 KiB', 1);
	// The parser takes it at the end of a text; TOML takes it nowhere.
	const lone = text.search(/\r(?!\n)/);
	if (lone >= 0) throw new InvalidToml('a carriage return stands alone', text.slice(0, lone).split('\n').length);
	const top = new Map<string, TomlValue>();
	const headers: TomlHeader[] = [];
	for (const entry of programOf(text).body[0].body) {
		if (entry.type === 'TOMLKeyValue') {
			put(top, entry);
			continue;
		}
		const { line } = entry.loc.start;
		headers.push({ keys: namesOf(entry.key), array: entry.kind === 'array', line });
		fill(tableAt(top, entry.resolvedKey, line), entry.body);
	}
	return { top, headers };
}

function programOf(text: string): AST.TOMLProgram {
	try {
		return parseTOML(text, { tomlVersion: '1.0' });
	} catch (error) {
		if (error instanceof ParseError) throw new InvalidToml(error.message, error.lineNumber);
		// Nesting without end, or a text so long that the parser cannot put it together.
		if (error instanceof RangeError) throw new InvalidToml('the file is nested too deeply, or a text is too long', 1);
		throw error;
	}
}

type Growing = Map<string, TomlValue>;

function fill(table: Growing, entries: readonly AST.TOMLKeyValue[]): void {
	for (const entry of entries) put(table, entry);
}

function put(table: Growing, { key, value, loc }: AST.TOMLKeyValue): void {
	const names = namesOf(key);
	const last = names.pop() ?? '';
	tableAt(table, names, loc.start.line).set(last, { value: valueOf(value), line: loc.start.line });
}

function namesOf(key: AST.TOMLKey): string[] {
	return key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value));
}

function valueOf(node: AST.TOMLContentNode): TomlValue['value'] {
	if (node.type === 'TOMLArray') {
		return node.elements.map((element) => ({ value: valueOf(element), line: element.loc.start.line }));
	}
	if (node.type === 'TOMLInlineTable') {
		const table: Growing = new Map();
		fill(table, node.body);
		return table;
	}
	if (node.kind === 'string' || node.kind === 'integer' || node.kind === 'float' || node.kind === 'boolean') {
		return node.value;
	}
	return node.datetime;
}

/** The table under such keys, made where there is none; a number is a place in an array of tables. */
function tableAt(top: Growing, keys: readonly (string | number)[], line: number): Growing {
	let at: Growing | TomlValue[] = top;
	for (const [index, key] of keys.entries()) {
		const next: TomlValue | undefined = Array.isArray(at) ? at[Number(key)] : at.get(String(key));
		if (next) {
			at = next.value as Growing | TomlValue[];
			continue;
		}
		const made: Growing | TomlValue[] = typeof keys[index + 1] === 'number' ? [] : new Map<string, TomlValue>();
		if (Array.isArray(at)) at.push({ value: made, line });
		else at.set(String(key), { value: made, line });
		at = made;
	}
	return at as Growing;
}
