import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Counts, ServerName } from './protocol.ts';

const page = join(import.meta.dirname, '../docs/requests.md');

/** The requests that docs/requests.md says an attempt sends, as `registry; token; redirect; blob`. Throws when it has no such row. */
export function documented(attempt: string): string {
	const line = readFileSync(page, 'utf8')
		.split('\n')
		.find((each) => each.startsWith(`| ${attempt} |`));
	if (line === undefined) throw new Error(`docs/requests.md has no row "${attempt}"`);
	return line.split('|').slice(2, 6).map(tidy).join('; ');
}

/** The requests of one attempt in the same words. Of a number that is not whole, no row can be true. */
export function observed({ requests }: Counts, attempts: number, registry: ServerName): string {
	const cell = (server: ServerName) => {
		const kinds = Object.entries(requests[server]).map(([kind, count]) => `${count / attempts} ${kind}`);
		return kinds.length === 0 ? '–' : tidy(kinds.join(', '));
	};
	return [cell(registry), cell('token'), '–', cell('blob')].join('; ');
}

/** In one order, whichever way they were counted. */
const tidy = (cell: string) => cell.trim().split(', ').toSorted().join(', ');
