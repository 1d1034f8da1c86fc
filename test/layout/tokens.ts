/** A word, a number or a sign of a source text, or the content of a string. Comments, regular expressions and the text of templates are left out. */
export interface Token {
	readonly kind: 'word' | 'string' | 'sign';
	readonly text: string;
}

const pieces = new RegExp(
	[
		String.raw`(?<blank>\s+|//[^\n]*|/\*[\s\S]*?\*/|^#![^\n]*)`,
		String.raw`(?<string>'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*")`,
		String.raw`(?<word>[\p{ID_Start}$_\d][\p{ID_Continue}$]*)`,
		String.raw`(?<sign>[\s\S])`,
	].join('|'),
	'uy',
);
const regularExpression = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
const templateText = /(?:\\[\s\S]|\$(?!\{)|[^\\`$])*/y;

/** After these words a slash begins a regular expression. */
const beforeExpression: ReadonlySet<string> = new Set(
	'await case delete do else in instanceof new of return throw typeof void yield'.split(' '),
);

/** Splits a source text of JavaScript or TypeScript; code inside templates included. */
export function tokensOf(source: string): Token[] {
	const tokens: Token[] = [];
	/** For each template that is open: how many braces are open inside its present expression. */
	const templates: number[] = [];
	let at = 0;
	const take = (pattern: RegExp): RegExpExecArray | null => {
		pattern.lastIndex = at;
		const found = pattern.exec(source);
		if (found) at = pattern.lastIndex;
		return found;
	};
	const text = () => {
		take(templateText);
		if (source.startsWith('${', at)) templates.push(0);
		at += source.startsWith('${', at) ? 2 : 1;
	};
	while (at < source.length) {
		if (source[at] === '/' && mayBeginExpression(tokens.at(-1)) && take(regularExpression)) {
			tokens.push({ kind: 'sign', text: '//' });
			continue;
		}
		const { blank, string, word, sign } = take(pieces)?.groups ?? {};
		const depth = templates.at(-1);
		if (blank !== undefined) continue;
		if (sign === '`') {
			tokens.push({ kind: 'sign', text: '`' });
			text();
		} else if (sign === '}' && depth === 0) {
			templates.pop();
			text();
		} else {
			if (depth !== undefined && sign === '{') templates.splice(-1, 1, depth + 1);
			if (depth !== undefined && sign === '}') templates.splice(-1, 1, depth - 1);
			if (string !== undefined) tokens.push({ kind: 'string', text: string.slice(1, -1) });
			else tokens.push(word === undefined ? { kind: 'sign', text: sign ?? '' } : { kind: 'word', text: word });
		}
	}
	return tokens;
}

function mayBeginExpression(before: Token | undefined): boolean {
	if (!before) return true;
	if (before.kind === 'word') return beforeExpression.has(before.text);
	return before.kind === 'sign' && !')]}`'.includes(before.text) && before.text !== '//';
}
