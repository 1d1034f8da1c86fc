import type { Place } from '../fault.ts';

/** A variable of an environment. The value may hold a password: it is never to be printed. */
export interface Variable {
	readonly name: string;
	readonly value: string;
	readonly source: Place;
}

/** By name. */
export type Variables = ReadonlyMap<string, Variable>;

/** The variables that bear on pulls; every one of them is read by Go itself. */
export const pullVariables = [
	'HTTP_PROXY',
	'http_proxy',
	'HTTPS_PROXY',
	'https_proxy',
	'NO_PROXY',
	'no_proxy',
	'SSL_CERT_FILE',
	'SSL_CERT_DIR',
	'GODEBUG',
] as const;

/** Whether a text is about one of those variables: what else stands in a unit is not ours to judge. */
export function concernsPulls(text: string): boolean {
	return /https?_proxy|no_proxy|SSL_CERT_(?:FILE|DIR)|GODEBUG/i.test(text);
}
