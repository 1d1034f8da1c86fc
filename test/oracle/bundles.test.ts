import { X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { expect, test } from 'vitest';

import { readTrust, trustSources } from '../../src/node/bundle.ts';
import { readTable } from './table.ts';

interface File {
	readonly path: string;
	readonly text?: string;
	readonly bytes?: string;
	readonly link?: string;
	readonly directory?: true;
}

interface Row {
	readonly what: string;
	readonly files: readonly File[];
	readonly environment: Readonly<Record<string, string>>;
	readonly subjects: readonly string[];
}

const { go, rows } = readTable<Row>('bundles');

async function write(root: string, { path, text, bytes, link, directory }: File): Promise<void> {
	const file = join(root, path);
	await mkdir(dirname(file), { recursive: true });
	if (directory) await mkdir(file, { recursive: true });
	else if (link !== undefined) await symlink(link, file);
	else await writeFile(file, text ?? Buffer.from(bytes ?? '', 'base64'));
}

test.each(rows)(`${go}: $what`, async ({ files, environment, subjects }) => {
	const root = await mkdtemp(join(tmpdir(), 'bundle-'));
	await using _ = { [Symbol.asyncDispose]: () => rm(root, { recursive: true }) };
	for (const file of files) await write(root, file);
	const { bundle, faults } = readTrust(root, trustSources(root, environment));
	const names = bundle.certificates.map((pem) => new X509Certificate(pem).subject.replace('CN=', ''));
	expect(names.toSorted()).toEqual(subjects);
	// What leaves the node without trust is told, whether or not Go has an error for it.
	expect(faults.some(({ fault }) => fault === 'trust_empty')).toBe(subjects.length === 0);
});
