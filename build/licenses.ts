import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Described {
	readonly name: string;
	readonly version: string;
	readonly license?: string;
}

/** The directory of the package that a file belongs to: `node_modules/zod`, `node_modules/@a/b`. */
const packageOf = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

/** The directories of the packages that these files come from, sorted. Paths as esbuild's metafile has them. */
export function packagesOf(files: readonly string[]): readonly string[] {
	return [...new Set(files.flatMap((file) => packageOf.exec(file) ?? []))].toSorted();
}

/** Name, version and license of each package with the text of its license files, and the remarks found in the code. */
export function licensesOf(root: string, packages: readonly string[], remarks: string): string {
	const texts = packages.map((directory) => licenseOf(join(root, directory)));
	return [...texts, ...(remarks.trim() === '' ? [] : [`In the code\n\n${remarks.trim()}\n`])].join(`\n${rule}\n\n`);
}

const rule = '-'.repeat(80);

function licenseOf(directory: string): string {
	const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Described;
	const files = globSync('{LICENSE,LICENCE,License,license,NOTICE}*', { cwd: directory }).toSorted();
	const texts = files.map((file) => `\n${readFileSync(join(directory, file), 'utf8').trim()}\n`);
	return [`${name} ${version} (${license ?? 'no license named'})\n`, ...texts].join('');
}
