import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ruleFiles } from './files.ts';
import { alertsPage, marker } from './page.ts';

/**
 * Brings the rules in `manifests/` and docs/alerts.md up to date. With `--docs ADDRESS` the links of the alerts lead
 * there, with `--to DIRECTORY` the rules, and nothing else, are written there.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({ options: { docs: { type: 'string', default: 'docs' }, to: { type: 'string' } } });

for (const { path, text } of ruleFiles(values.docs.replace(/\/$/, ''))) {
	const file = join(values.to ?? root, path);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
}
if (values.to === undefined) {
	const page = join(root, 'docs/alerts.md');
	const [introduction] = readFileSync(page, 'utf8').split(marker);
	writeFileSync(page, `${introduction}${marker}\n\n${alertsPage()}`);
}
