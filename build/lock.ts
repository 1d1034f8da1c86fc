import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What package-lock.json says of one package (https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json). */
export interface Locked {
	readonly version: string;
	readonly license?: string;
	/** A hash of what the registry hands out, as `sha512-…` in base64. */
	readonly integrity?: string;
	readonly dependencies?: Readonly<Record<string, string>>;
	readonly optionalDependencies?: Readonly<Record<string, string>>;
	readonly dev?: boolean;
	readonly optional?: boolean;
	readonly hasInstallScript?: boolean;
	readonly os?: string | readonly string[];
	readonly cpu?: string | readonly string[];
	readonly libc?: string | readonly string[];
}

/** Packages by their directory: `node_modules/yaml`; the project itself is the empty text. */
export type Lock = Readonly<Record<string, Locked>>;

/** The lock file in a directory. Nobody but npm writes it, so that its form is taken for granted. */
export function readLock(root: string): Lock {
	const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { readonly packages: Lock };
	return packages;
}

/** The name of the package in a directory: `@a/b` for `node_modules/c/node_modules/@a/b`. */
export function nameAt(directory: string): string {
	return directory.replace(/^(?:.*\/)?node_modules\//, '');
}

/** Where a name leads from the package in `directory`, as Node looks it up; undefined where it leads nowhere. */
export function resolveFrom(directory: string, name: string, lock: Lock): string | undefined {
	const found = `${directory === '' ? '' : `${directory}/`}node_modules/${name}`;
	if (lock[found]) return found;
	if (directory === '') return undefined;
	return resolveFrom(directory.slice(0, Math.max(0, directory.lastIndexOf('node_modules/') - 1)), name, lock);
}
