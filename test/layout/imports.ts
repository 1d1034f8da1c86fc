import { type Token, tokensOf } from './tokens.ts';

/** What a source text asks another module for. */
export interface Import {
	/** The specifier as written; undefined where it is computed. */
	readonly to: string | undefined;
	/**
	 * Nothing of it is left when the program runs. `import { type A } from` is none of these: under
	 * `verbatimModuleSyntax` it still loads the module.
	 */
	readonly typeOnly: boolean;
}

/** Every import of a source text: static, for its effect only, re-exported, dynamic, by `require`, and in a type. */
export function importsOf(source: string): Import[] {
	const tokens = tokensOf(source);
	return tokens.flatMap((token, at) => {
		if (token.kind !== 'word' || tokens[at - 1]?.text === '.') return [];
		const rest = tokens.slice(at + 1, at + 1000);
		if (token.text === 'import') return importAt(rest);
		if (token.text === 'export') return exportAt(rest);
		if (token.text === 'require' && isSign(rest[0], '(')) return [called(rest)];
		return [];
	});
}

function importAt(rest: readonly Token[]): Import[] {
	const [first] = rest;
	if (isSign(first, '(')) return [called(rest)];
	if (isSign(first, '.') || isSign(first, ':') || isSign(first, '?')) return [];
	if (first?.kind === 'string') return [{ to: first.text, typeOnly: false }];
	return from(rest);
}

function exportAt(rest: readonly Token[]): Import[] {
	const [first, second] = rest;
	const listed = first?.text === 'type' ? second : first;
	return isSign(listed, '{') || isSign(listed, '*') ? from(rest) : [];
}

/** The clause up to `from '…'`. A list without it exports what is the module's own. */
function from(rest: readonly Token[]): Import[] {
	const at = rest.findIndex((token, index) => token.text === 'from' && rest[index + 1]?.kind === 'string');
	const end = rest.findIndex((token) => isSign(token, ';') || token.kind === 'string');
	if (at < 0 || at + 1 > end) return [];
	// `import type from` and `import type, {` import a value that is named type.
	const typeOnly = rest[0]?.text === 'type' && at > 1 && !isSign(rest[1], ',');
	return [{ to: rest[at + 1]?.text, typeOnly }];
}

function called(rest: readonly Token[]): Import {
	const [, first, second] = rest;
	const plain = first?.kind === 'string' && (isSign(second, ')') || isSign(second, ','));
	return { to: plain ? first.text : undefined, typeOnly: false };
}

function isSign(token: Token | undefined, text: string): boolean {
	return token?.kind === 'sign' && token.text === text;
}
