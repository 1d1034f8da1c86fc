import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './markdown.ts';

/** A file of tests, and the titles in it that stand behind a statement. */
export interface Holding {
	readonly file: string;
	readonly titles: readonly string[];
}

/** The tests that a text names: `test/room/a.test.ts` in backquotes, then titles in quotation marks. */
export function holdingsIn(text: string): readonly Holding[] {
	return [...text.matchAll(/`(test\/[\w/.]+)`((?:,? "[^"]*")*)/g)].map(([, file = '', titles = '']) => ({
		file,
		titles: [...titles.matchAll(/"([^"]*)"/g)].map(([, title = '']) => title),
	}));
}

/** What of it is not there: the file, every title, or some. */
export function lackingIn({ file, titles }: Holding): readonly string[] {
	const path = join(root, file);
	if (!existsSync(path)) return ['the file'];
	const source = readFileSync(path, 'utf8');
	return titles.length === 0 ? ['any title'] : titles.filter((title) => !source.includes(title));
}
