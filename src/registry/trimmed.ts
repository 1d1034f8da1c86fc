/**
 * A text without the characters at its ends that are blank to its reader, in one pass. A pattern such as `[ ]+$` does the
 * same, but looks at each run of blanks within the text again from each of its characters on.
 */
export function trimmed(text: string, isBlank: (character: string) => boolean): string {
	let [start, end] = [0, text.length];
	while (start < end && isBlank(text.charAt(start))) start++;
	while (end > start && isBlank(text.charAt(end - 1))) end--;
	return text.slice(start, end);
}

/** White space of configuration files: blank, tab and line breaks. JavaScript's `trim` takes more. */
export function isPlainBlank(character: string): boolean {
	return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}
