import { widthOf } from './width.ts';

/** Between a number and its unit, and between its groups of digits, no line ends. */
const withinQuantity = /(?<=\d) (?=(?:ms|s|min|h|d|B|KiB|MiB|GiB|\d{3})\b)/g;
const unbreakable = '\u00a0';

/**
 * Breaks `text` between words into lines of at most `width` columns. A word that is longer than a line stands alone
 * and whole, so that it can be copied.
 */
export function wrap(text: string, width: number): readonly string[] {
	const words = text
		.replace(withinQuantity, unbreakable)
		.split(/[ \t\n]+/)
		.filter((word) => word !== '');
	return fit(words, width, '').map((line) => line.replaceAll(unbreakable, ' '));
}

/**
 * Breaks a command between its words, never inside quotes, with a backslash at the end of every line but the last:
 * what is copied from the screen still runs.
 */
export function wrapCommand(command: string, width: number): readonly string[] {
	const words = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"]|['"])+/g) ?? [];
	return fit(words, width, ' \\');
}

function fit(words: readonly string[], width: number, continued: string): readonly string[] {
	const lines: string[] = [];
	let line = '';
	let taken = 0;
	words.forEach((word, at) => {
		const room = width - (at < words.length - 1 ? continued.length : 0);
		const wordWidth = widthOf(word);
		if (at > 0 && taken + 1 + wordWidth <= room) {
			line += ` ${word}`;
			taken += 1 + wordWidth;
			return;
		}
		if (at > 0) lines.push(line + continued);
		line = word;
		taken = wordWidth;
	});
	return [...lines, line];
}

/** A first line that begins with `lead`, and the further lines of `text` below it, indented to the same column. */
export function hang(lead: string, lines: readonly string[], indent = lead.length): readonly string[] {
	return lines.map((line, at) => (at === 0 ? lead : ' '.repeat(indent)) + line);
}
