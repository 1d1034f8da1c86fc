import { join } from 'node:path';
import { madeBy } from './parts.ts';

/** Milliseconds that making them may take. */
export const linterPatience = 600_000;

/** Makes the linters where they are missing, and gives the path of one. Throws when it cannot. */
export function makeLinter(name: 'kube-score' | 'actionlint'): string {
	return join(madeBy(join(import.meta.dirname, 'linter/build.sh')), name);
}
