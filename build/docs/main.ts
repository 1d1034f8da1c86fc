import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pages } from './pages.ts';

/** Brings the tables of the documents up to date that follow from code or measurements: `npm run docs`. */
const root = new URL('../../', import.meta.url);

for (const { file, made } of pages) {
	const path = fileURLToPath(new URL(file, root));
	const before = readFileSync(path, 'utf8');
	const after = made(before);
	if (after === before) continue;
	writeFileSync(path, after);
	process.stdout.write(`${file}\n`);
}
