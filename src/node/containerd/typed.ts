import { Refusal } from '../refusal.ts';
import type { TomlTable, TomlValue } from '../toml.ts';

/** A value whose type is another than its reader takes. The message is a sentence without its full stop. */
export class MistypedValue extends Refusal {
	override readonly name = 'MistypedValue';
}

/** A value and its line. */
export interface Typed<T> {
	readonly value: T;
	readonly line: number;
}

/** The text at a key, if there is one. Throws `MistypedValue`; so do the others. */
export function textAt(table: TomlTable, key: string): Typed<string> | undefined {
	const found = table.get(key);
	return found && asText(found, key);
}

/** The truth value at a key. */
export function flagAt(table: TomlTable, key: string): Typed<boolean> | undefined {
	const found = table.get(key);
	if (!found) return undefined;
	if (typeof found.value !== 'boolean') throw new MistypedValue(`"${key}" must be true or false`, found.line);
	return { value: found.value, line: found.line };
}

/** The number at a key. */
export function numberAt(table: TomlTable, key: string): Typed<number> | undefined {
	const found = table.get(key);
	if (!found) return undefined;
	if (typeof found.value !== 'number') throw new MistypedValue(`"${key}" must be a number`, found.line);
	return { value: found.value, line: found.line };
}

/** The table at a key. */
export function tableAt(table: TomlTable, key: string): Typed<TomlTable> | undefined {
	const found = table.get(key);
	return found && asTable(found, key);
}

/** The list of texts at a key; without the key an empty one. */
export function textsAt(table: TomlTable, key: string): readonly Typed<string>[] {
	const found = table.get(key);
	if (!found) return [];
	if (!isList(found.value)) throw new MistypedValue(`"${key}" must be a list of texts`, found.line);
	return found.value.map((element) => asText(element, key));
}

/** A value that must be a table. */
export function asTable({ value, line }: TomlValue, key: string): Typed<TomlTable> {
	if (typeof value !== 'object' || isList(value)) throw new MistypedValue(`"${key}" must be a table`, line);
	return { value, line };
}

/** A value that must be a text. */
export function asText({ value, line }: TomlValue, key: string): Typed<string> {
	if (typeof value !== 'string') throw new MistypedValue(`"${key}" must be a text`, line);
	return { value, line };
}

/** Whether a value is a list. */
export function isList(value: TomlValue['value']): value is readonly TomlValue[] {
	return Array.isArray(value);
}
