import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { figuresOf, withFigures } from './figures.ts';
import { latest, readResults } from './results.ts';

/** Puts the figures of the last run into docs/performance.md. */

const page = join(import.meta.dirname, '../docs/performance.md');

const results = readResults(latest);
if (results) {
	writeFileSync(page, withFigures(readFileSync(page, 'utf8'), figuresOf(results)));
} else {
	process.stderr.write('nothing was measured yet: npm run bench\n');
	process.exitCode = 1;
}
