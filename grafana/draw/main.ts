import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Painter } from './browser.ts';
import type { Drawing } from './drawing.ts';
import { watch } from './watch.ts';

// Draws the pictures of docs/dashboards.md: node grafana/draw/main.ts, after `npm ci --ignore-scripts` in this directory.
// It watches two clusters for eight minutes; `--keep FILE` writes down what Prometheus answered, `--from FILE` draws that
// again. Beside it writes down which units Grafana's library knows, for the tests.
const { values } = parseArgs({ options: { keep: { type: 'string' }, from: { type: 'string' } } });
const project = join(import.meta.dirname, '../..');
const mostBytes = 200_000;

type Drawings = Readonly<Record<string, Drawing>>;

function versionOf(library: string): string {
	const text = readFileSync(join(import.meta.dirname, 'node_modules', library, 'package.json'), 'utf8');
	return (JSON.parse(text) as { readonly version: string }).version;
}

await using painter = await Painter.start();
const known = { library: `@grafana/data ${versionOf('@grafana/data')}`, units: await painter.units() };
writeFileSync(join(project, 'test/grafana/grafanaUnits.json'), `${JSON.stringify(known, undefined, '\t')}\n`);
const drawings =
	values.from === undefined ? await watch() : (JSON.parse(readFileSync(values.from, 'utf8')) as Drawings);
if (values.keep !== undefined) writeFileSync(values.keep, JSON.stringify(drawings));

const directory = join(project, 'docs/pictures');
mkdirSync(directory, { recursive: true });
for (const [name, drawing] of Object.entries(drawings)) {
	const image = await painter.picture(drawing);
	writeFileSync(join(directory, `${name}.png`), image);
	process.stdout.write(`docs/pictures/${name}.png ${Math.ceil(image.length / 1000)} kB\n`);
	if (image.length > mostBytes) throw new Error(`${name}.png is larger than ${mostBytes} bytes`);
}
for (const complaint of new Set(painter.complaints)) process.stderr.write(`${complaint}\n`);
