/** Longer command lines are cut. */
const mostWords = 1000;

/**
 * The words of a line as systemd splits it (https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html#Quoting):
 * quotes hold spaces together, a backslash takes the next character as it is.
 */
export function shellWords(line: string): readonly string[] {
	const words = line.matchAll(/(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\\.|[^\s"'\\])+/gs);
	return words
		.take(mostWords)
		.map(([word]) => unquote(word))
		.toArray();
}

/** A text without its quotes and backslashes. */
export function unquote(text: string): string {
	return text.replaceAll(/"((?:[^"\\]|\\.)*)"?|'((?:[^'\\]|\\.)*)'?|\\(.)/gs, (_, double, single, escaped) =>
		String(double ?? single ?? escaped).replaceAll(/\\(.)/gs, '$1'),
	);
}
