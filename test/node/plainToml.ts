import fc from 'fast-check';

import { type TomlTable, type TomlValue, readToml } from '../../src/node/toml.ts';

/** A value without its lines. */
export type Plain = string | number | boolean | Plain[] | { [key: string]: Plain };

/** The value of a TOML value. */
export const plain = ({ value }: Pick<TomlValue, 'value'>): Plain => {
	if (value instanceof Map) return plainTable(value);
	return Array.isArray(value) ? value.map(plain) : (value as Plain);
};
/** A table as an object. */
export const plainTable = (table: TomlTable): Plain =>
	Object.fromEntries([...table].map(([key, value]) => [key, plain(value)] as const));

const snippet = fc.constantFrom(
	'[',
	']',
	'[[',
	']]',
	'=',
	'.',
	',',
	'"',
	"'",
	'"""',
	'{',
	'}',
	'\n',
	'#',
	'a',
	'b',
	'1',
	'true',
	' ',
	'\\',
	'\\u00',
	'-',
	'1979-05-27',
	'inf',
	'\r',
	'\t',
	'\u0000',
);
/** Texts of the signs that mean something in TOML. */
export const soup = fc.array(snippet, { maxLength: 60 }).map((parts) => parts.join(''));

/** The table, or what was thrown. */
export function attempt(text: string): unknown {
	try {
		return readToml(text);
	} catch (error) {
		return error;
	}
}
