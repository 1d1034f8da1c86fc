import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What Go of this version said to each of these inputs. */
export interface Table<Row> {
	readonly go: string;
	readonly rows: readonly Row[];
}

/** Reads a table that the program in `go/` has written. */
export function readTable<Row>(name: string): Table<Row> {
	return JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8')) as Table<Row>;
}

/** In texts of the tables `«x*3»` stands for `xxx`. */
export function expand(text: string): string {
	return text.replace(/«(.+?)\*(\d+)»/gs, (_whole, what: string, times: string) => what.repeat(Number(times)));
}
