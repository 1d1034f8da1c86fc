import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeBundle } from './bundle.ts';

/** Where the files go: `dist/`, or the directory that is named. */
const dist = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url));

const { files } = await makeBundle();
mkdirSync(dist, { recursive: true });
for (const { name, content } of files) {
	writeFileSync(join(dist, name), content);
	process.stdout.write(`${name} ${Math.ceil(Buffer.byteLength(content) / 1024)} KiB\n`);
}
