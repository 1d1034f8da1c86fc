/** Characters that terminals show two columns wide: those of East Asia, and emoji (https://www.unicode.org/reports/tr11/). */
const wide =
	/[\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{a4cf}\u{a960}-\u{a97f}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
/** Characters that take no column of their own: accents, and what joins or varies others. */
const narrow = /\p{Mn}|\p{Me}|[\u200b-\u200f]|[\ufe00-\ufe0f]/u;
const ascii = /^[\x20-\x7e]*$/;

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
	if (ascii.test(text)) return text.length;
	let width = 0;
	for (const character of text) width += widthOfOne(character);
	return width;
}

/** The text with blanks behind it until it takes so many columns. */
export function padded(text: string, width: number): string {
	return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** As much of the text, from its beginning, as fits into so many columns. */
export function cutTo(text: string, width: number): string {
	let [cut, left] = ['', width];
	for (const character of text) {
		left -= widthOfOne(character);
		if (left < 0) break;
		cut += character;
	}
	return cut;
}

function widthOfOne(character: string): number {
	if (ascii.test(character)) return 1;
	if (narrow.test(character)) return 0;
	return wide.test(character) ? 2 : 1;
}
