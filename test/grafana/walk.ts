/** A place in a document of JSON, and what stands there. */
export interface Found {
	/** `panels.3.fieldConfig.defaults.unit`. */
	readonly path: string;
	readonly value: unknown;
}

/** Everything that a document holds, at any depth. */
export function everythingIn(value: unknown, path: readonly string[] = []): readonly Found[] {
	const here = { path: path.join('.'), value };
	if (typeof value !== 'object' || value === null) return [here];
	return [here, ...Object.entries(value).flatMap(([key, inner]) => everythingIn(inner, [...path, key]))];
}

/** The values of a key, wherever it stands. */
export function valuesOfKey(document: unknown, key: string): readonly unknown[] {
	const end = new RegExp(`(^|\\.)${key}$`);
	return everythingIn(document).flatMap(({ path, value }) => (end.test(path) ? [value] : []));
}

/** All texts of a document. */
export function textsIn(document: unknown): readonly string[] {
	return everythingIn(document).flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
}
