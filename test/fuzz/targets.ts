import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Target } from './target.ts';

const directory = join(import.meta.dirname, 'targets');

/** The names of all targets: each is a file of `targets/`. */
export const targetNames: readonly string[] = readdirSync(directory)
	.map((file) => file.replace(/\.ts$/, ''))
	.toSorted();

/** The target of this name. Only the code that it tries is loaded. */
export async function targetNamed(name: string): Promise<Target> {
	const { target } = (await import(join(directory, `${name}.ts`))) as { readonly target: Target };
	return target;
}
