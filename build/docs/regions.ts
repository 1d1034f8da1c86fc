/** The mark that begins a region of a page, and the one that ends it. Between them stands what `npm run docs` writes. */
function marksOf(name: string): readonly [begin: string, end: string] {
	return [`<!-- ${name}: written by npm run docs -->`, `<!-- end of ${name} -->`];
}

/**
 * The page with `text` in its region of this name; what stands outside is left alone. Throws `RangeError` for a page that
 * has no such region, or has it twice.
 */
export function withRegion(page: string, name: string, text: string): string {
	const [begin, end] = marksOf(name);
	const [before, rest, twice] = page.split(`${begin}\n`);
	const at = rest?.indexOf(end) ?? -1;
	if (before === undefined || rest === undefined || at < 0 || twice !== undefined) {
		throw new RangeError(`the page has not exactly one region ${begin} … ${end}`);
	}
	return `${before}${begin}\n\n${text.trim()}\n\n${rest.slice(at)}`;
}

/** What stands in a region of a page. Throws as `withRegion` does. */
export function regionOf(page: string, name: string): string {
	const [begin, end] = marksOf(name);
	withRegion(page, name, '');
	return page.slice(page.indexOf(begin) + begin.length, page.indexOf(end)).trim();
}
