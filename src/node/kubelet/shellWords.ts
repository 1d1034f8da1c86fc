/** Longer command lines are cut. */
const mostWords = 1000;
const mostCharacters = 128 * 1024;

/**
 * The words of a line of a shell, and of a variable that systemd puts into a command, which it splits as leniently:
 * quotes hold spaces together, a backslash takes the next character as it is, and what is not closed ends with the line.
 */
export function shellWords(line: string): readonly string[] {
	const words = line.slice(0, mostCharacters).matchAll(/(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\\.|[^\s"'\\])+/gs);
	return words
		.take(mostWords)
		.map(([word]) => unquote(word))
		.toArray();
}

/** A text without its quotes and backslashes. */
function unquote(text: string): string {
	return text.replaceAll(/"((?:[^"\\]|\\.)*)"?|'((?:[^'\\]|\\.)*)'?|\\(.)/gs, (_, double, single, escaped) =>
		String(double ?? single ?? escaped).replaceAll(/\\(.)/gs, '$1'),
	);
}
