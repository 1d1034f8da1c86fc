import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Painter } from './browser.ts';
import type { Drawing } from './drawing.ts';
import { watch } from './watch.ts';

// Draws the pictures of docs/dashboards.md: node grafana/draw/main.ts, after `npm ci --ignore-scripts` in this directory.
// It watches a fleet for some minutes; `--keep FILE` writes down what Prometheus answered, `--from FILE` draws that again.
const { values } = parseArgs({ options: { keep: { type: 'string' }, from: { type: 'string' } } });

type Drawings = Readonly<Record<string, Drawing>>;

await using painter = await Painter.start();
const drawings =
	values.from === undefined ? await watch() : (JSON.parse(readFileSync(values.from, 'utf8')) as Drawings);
if (values.keep !== undefined) writeFileSync(values.keep, JSON.stringify(drawings));

const directory = join(import.meta.dirname, '../../docs/pictures');
mkdirSync(directory, { recursive: true });
for (const [name, drawing] of Object.entries(drawings)) {
	const image = await painter.picture(drawing);
	writeFileSync(join(directory, `${name}.png`), image);
	process.stdout.write(`docs/pictures/${name}.png ${Math.ceil(image.length / 1024)} KiB\n`);
}
for (const complaint of new Set(painter.complaints)) process.stderr.write(`${complaint}\n`);
