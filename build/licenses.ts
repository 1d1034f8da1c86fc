import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Described {
	readonly name: string;
	readonly version: string;
	readonly license?: string;
}

/** Licenses, by their names in SPDX, of what may be in the bundle: they ask for their text to come along, and for no more. */
const acceptable: ReadonlySet<string> = new Set(['Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']);

/** Licenses that do not even ask for their text. */
const free: ReadonlySet<string> = new Set(['0BSD', 'Unlicense']);

/** The directory of the package that a file belongs to: `node_modules/zod`, `node_modules/@a/b`. */
const packageOf = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

/** The directories of the packages that these files come from, sorted. Paths as esbuild's metafile has them. */
export function packagesOf(files: readonly string[]): readonly string[] {
	return [...new Set(files.flatMap((file) => packageOf.exec(file) ?? []))].toSorted();
}

/**
 * Name, version and license of each package with the text of its license files, and the remarks found in the code. Throws
 * for a package whose license nobody has said yes to, and for one whose text is missing.
 */
export function licensesOf(root: string, packages: readonly string[], remarks: string): string {
	const texts = packages.map((directory) => licenseOf(join(root, directory)));
	return [...texts, ...(remarks.trim() === '' ? [] : [`In the code\n\n${remarks.trim()}\n`])].join(`\n${rule}\n\n`);
}

const rule = '-'.repeat(80);

function licenseOf(directory: string): string {
	const described = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Described;
	const { name, version, license = 'no license named' } = described;
	const files = globSync('{LICENSE,LICENCE,License,license,NOTICE}*', { cwd: directory }).toSorted();
	const known = acceptable.has(license) || free.has(license);
	if (!known) throw new Error(`${name} ${version}: ${license} is not among the licenses of the bundle`);
	if (files.length === 0 && !free.has(license))
		throw new Error(`${name} ${version}: the text of ${license} is missing`);
	const texts = files.map((file) => `\n${readFileSync(join(directory, file), 'utf8').trim()}\n`);
	return [`${name} ${version} (${license})\n`, ...texts].join('');
}
