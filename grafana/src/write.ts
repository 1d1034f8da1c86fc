import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { boards, textOf } from './boards.ts';
import { withPanels } from './document.ts';

// Writes the files that people import, and the lists of panels in docs/dashboards.md.
const made = Object.fromEntries(Object.entries(boards).map(([name, make]) => [name, make()]));
for (const [name, board] of Object.entries(made)) {
	writeFileSync(join(import.meta.dirname, '..', name), textOf(board));
}
const document = join(import.meta.dirname, '../../docs/dashboards.md');
writeFileSync(document, withPanels(readFileSync(document, 'utf8'), made));
