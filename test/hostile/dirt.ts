/** What a server may put into a text to harm whoever reads it, as bytes. */
export const dirt: Readonly<Record<string, Buffer>> = {
	colour: Buffer.from('\u001b[31mred\u001b[0m'),
	'window title': Buffer.from('\u001b]0;owned\u0007'),
	'device string': Buffer.from('\u001bP$q"p\u001b\\'),
	'carriage return': Buffer.from('good\rbad'),
	'line feed': Buffer.from('good\nbad'),
	NUL: Buffer.from('a\u0000b'),
	'backspace, delete': Buffer.from('a\u0008\u007fb'),
	'C1 control sequence': Buffer.from('\u009b31mred'),
	'C1 as one byte': Buffer.from([0x61, 0x9b, 0x33, 0x31, 0x6d]),
	'invalid UTF-8': Buffer.from([0x61, 0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80]),
	'bidirectional override': Buffer.from('a\u202egnp.exe\u2066b'),
	'line separator': Buffer.from('a\u2028b\u2029c'),
	'without width': Buffer.from('a\u200b\ufeff\u00adb'),
	'a long one': Buffer.from(`${'long '.repeat(10_000)}`),
};

/** Characters that must not reach anybody: controls, formats, line and paragraph separators, halves of characters. */
const harmful = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
/** No text that is shown is longer, in characters. */
const longest = 600;

/** The texts within a value, keys included, that would harm a terminal, a log or a page, or fill it. */
export function harmfulIn(value: unknown): string[] {
	if (typeof value === 'string') return harmful.test(value) || value.length > longest ? [value.slice(0, 700)] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, held]) => [...harmfulIn(key), ...harmfulIn(held)]);
}
