import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { boards, textOf } from './boards.ts';
import { withPanels } from './document.ts';
import { leadingTo } from './documents.ts';

/**
 * Writes the files that people import, and the lists of panels in docs/dashboards.md. With `--docs ADDRESS` the links to
 * the runbook lead there, with `--to DIRECTORY` the files, and nothing else, are written there.
 */
const { values } = parseArgs({ options: { docs: { type: 'string' }, to: { type: 'string' } } });

const made = Object.fromEntries(Object.entries(boards).map(([name, make]) => [name, make()]));
const directory = values.to ?? join(import.meta.dirname, '..');
mkdirSync(directory, { recursive: true });
for (const [name, board] of Object.entries(made)) {
	const led = values.docs === undefined ? board : leadingTo(values.docs, board);
	writeFileSync(join(directory, name), textOf(led));
}
if (values.to === undefined) {
	const document = join(import.meta.dirname, '../../docs/dashboards.md');
	writeFileSync(document, withPanels(readFileSync(document, 'utf8'), made));
}
