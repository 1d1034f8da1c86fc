/** One place of a pattern: any run of characters, any one, or one of which `fits` decides. */
type Token = 'run' | 'one' | ((character: string) => boolean);

/**
 * Reads a shell pattern as Go's `path.Match` does for a text without slashes (https://pkg.go.dev/path#Match): `*`, `?`,
 * `[a-z]`, `[^a-z]`, and a backslash before a character that means itself. Gives whether it takes a whole text;
 * undefined for a malformed pattern. Takes time in proportion to the product of both lengths at most.
 */
export function readGlob(pattern: string): ((text: string) => boolean) | undefined {
	const tokens = tokensOf(Array.from(pattern));
	return tokens && ((text) => fits(tokens, Array.from(text)));
}

/** Whether a shell pattern takes a whole text, as `readGlob` reads it. A malformed pattern takes nothing. */
export function matchesGlob(pattern: string, text: string): boolean {
	return readGlob(pattern)?.(text) ?? false;
}

function tokensOf(pattern: readonly string[]): Token[] | undefined {
	const tokens: Token[] = [];
	for (let at = 0; at < pattern.length; at++) {
		const character = pattern[at] ?? '';
		if (character === '*') tokens.push('run');
		else if (character === '?') tokens.push('one');
		else if (character === '[') {
			const found = classAt(pattern, at + 1);
			if (!found) return undefined;
			tokens.push(found.test);
			at = found.end;
		} else {
			const literal = character === '\\' ? pattern[++at] : character;
			if (literal === undefined) return undefined;
			tokens.push((other) => other === literal);
		}
	}
	return tokens;
}

/** The class that begins behind `[`; `end` is the place of its `]`. */
function classAt(pattern: readonly string[], start: number) {
	const negated = pattern[start] === '^';
	const ranges: (readonly [string, string])[] = [];
	let at = negated ? start + 1 : start;
	while (pattern[at] !== ']' || ranges.length === 0) {
		const low = memberAt(pattern, at);
		if (!low) return undefined;
		const high = pattern[low.end] === '-' ? memberAt(pattern, low.end + 1) : low;
		if (!high) return undefined;
		ranges.push([low.character, high.character]);
		at = high.end;
	}
	const within = (character: string) => ranges.some(([low, high]) => low <= character && character <= high);
	return { end: at, test: (character: string) => within(character) !== negated };
}

function memberAt(pattern: readonly string[], at: number): { character: string; end: number } | undefined {
	const first = pattern[at];
	if (first === undefined || first === '-' || first === ']') return undefined;
	if (first !== '\\') return { character: first, end: at + 1 };
	const escaped = pattern[at + 1];
	return escaped === undefined ? undefined : { character: escaped, end: at + 2 };
}

function fits(tokens: readonly Token[], text: readonly string[]): boolean {
	let [token, at] = [0, 0];
	let back: { token: number; at: number } | undefined;
	while (at < text.length) {
		const now = tokens[token];
		if (now === 'run') {
			back = { token: ++token, at };
		} else if (now === 'one' || now?.(text[at] ?? '') === true) {
			token++;
			at++;
		} else if (back) {
			back.at++;
			({ token, at } = back);
		} else return false;
	}
	return tokens.slice(token).every((rest) => rest === 'run');
}
