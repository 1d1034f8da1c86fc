import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, makeBundle } from './bundle.ts';

/** Where the files go: `dist/`, or the directory that is named. */
const dist = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url));

const { files } = await makeBundle(toldBy(process.env));
mkdirSync(dist, { recursive: true });
for (const { name, content } of files) {
	writeFileSync(join(dist, name), content);
	process.stdout.write(`${name} ${Math.ceil(Buffer.byteLength(content) / 1024)} KiB\n`);
}

/** What the environment says of a build: `REVISION`, `SOURCE_DATE_EPOCH`. Throws for what cannot be one of them. */
function toldBy({ REVISION: revision = '', SOURCE_DATE_EPOCH: epoch = '' }: NodeJS.ProcessEnv): BuildOptions {
	if (!/^(?:[0-9a-f]{40}(?:[0-9a-f]{24})?)?$/.test(revision)) throw new Error('REVISION is not the hash of a commit');
	if (!/^\d{0,11}$/.test(epoch)) throw new Error('SOURCE_DATE_EPOCH is not a number of seconds');
	return { ...(revision !== '' && { revision }), ...(epoch !== '' && { time: Number(epoch) }) };
}
