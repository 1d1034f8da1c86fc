import { isReason } from '../../src/reasons/reason.ts';

/** Comments, which assert nothing. */
const comments = /\/\*[^]*?\*\/|^\s*\/\/.*$/gm;
/** A word that ends a text: `'tcp_timeout'`, `'registry tcp tcp_timeout'`. */
const endOfText = /(?<=['"` ])([a-z]+(?:_[a-z]+)*)['"`]/g;

/** The reasons with which the texts of a test's source end. */
export function assertedReasons(source: string): Set<string> {
	const words = [...source.replace(comments, '').matchAll(endOfText)].map(([, word = '']) => word);
	return new Set(words.filter(isReason));
}
