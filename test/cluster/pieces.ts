/** A text cut into pieces of these lengths, one character at least. */
export function pieces(text: string, lengths: Iterable<number>): readonly string[] {
	const parts: string[] = [];
	let from = 0;
	for (const length of lengths) {
		if (from >= text.length) break;
		const end = from + Math.max(1, length);
		parts.push(text.slice(from, end));
		from = end;
	}
	return parts;
}
