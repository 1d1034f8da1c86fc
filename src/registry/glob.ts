/** What one place of a pattern takes: one character, or (`undefined`) any number of them. */
type Part = ((character: string) => boolean) | undefined;

/**
 * Whether a shell pattern takes the whole text, as Go's `path.Match` does for a text without slashes
 * (https://pkg.go.dev/path#Match): `*`, `?`, `[a-z]`, `[^a-z]`, and a backslash before a character that means itself. A
 * malformed pattern takes nothing. Needs time in proportion to both lengths.
 */
export function matchesGlob(pattern: string, text: string): boolean {
	const parts = partsOf(Array.from(pattern));
	if (!parts) return false;
	const characters = Array.from(text);
	// Where in the text the parts so far can end.
	let ends = new Set([0]);
	for (const part of parts) {
		if (part) ends = new Set([...ends].filter((at) => takes(part, characters[at])).map((at) => at + 1));
		else ends = from(Math.min(...ends), characters.length);
		if (ends.size === 0) return false;
	}
	return ends.has(characters.length);
}

function takes(part: NonNullable<Part>, character: string | undefined): boolean {
	return character !== undefined && part(character);
}

function from(first: number, last: number): Set<number> {
	return new Set(Array.from({ length: last - first + 1 }, (_, index) => first + index));
}

function partsOf(pattern: readonly string[]): readonly Part[] | undefined {
	const parts: Part[] = [];
	for (let at = 0; at < pattern.length;) {
		const read = partAt(pattern, at);
		if (!read) return undefined;
		// Several stars in a row are one.
		if (read.part || parts.length === 0 || parts.at(-1)) parts.push(read.part);
		at = read.next;
	}
	return parts;
}

interface Read {
	readonly part: Part;
	readonly next: number;
}

function partAt(pattern: readonly string[], at: number): Read | undefined {
	const character = pattern[at];
	if (character === '*') return { part: undefined, next: at + 1 };
	if (character === '?') return { part: () => true, next: at + 1 };
	if (character === '[') return classAt(pattern, at + 1);
	const meant = memberAt(pattern, at, false);
	return meant && { part: (other) => other === meant.character, next: meant.next };
}

/** What stands in brackets, from the first character after the opening one. */
function classAt(pattern: readonly string[], start: number): Read | undefined {
	const negated = pattern[start] === '^';
	const ranges: (readonly [string, string])[] = [];
	let at = negated ? start + 1 : start;
	while (pattern[at] !== ']' || ranges.length === 0) {
		const low = memberAt(pattern, at, true);
		if (!low) return undefined;
		const high = pattern[low.next] === '-' ? memberAt(pattern, low.next + 1, true) : low;
		if (!high) return undefined;
		ranges.push([low.character, high.character]);
		at = high.next;
	}
	const inside = (character: string) => ranges.some(([low, high]) => low <= character && character <= high);
	return { part: (character) => inside(character) !== negated, next: at + 1 };
}

/** One character that means itself; in brackets some need a backslash for that. */
function memberAt(pattern: readonly string[], at: number, bracketed: boolean) {
	const character = pattern[at];
	if (character === undefined || (bracketed && (character === '-' || character === ']'))) return undefined;
	if (character !== '\\') return { character, next: at + 1 };
	const escaped = pattern[at + 1];
	return escaped === undefined ? undefined : { character: escaped, next: at + 2 };
}
