import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cache } from './parts.ts';

/** Milliseconds that making them may take. */
export const linterPatience = 600_000;

/** Makes the linters that are missing, and gives the path of one. Throws when it cannot; the recipe has then said why. */
export function makeLinter(name: 'kube-score' | 'actionlint'): string {
	const recipe = join(import.meta.dirname, 'linter', 'build.sh');
	const { status, stdout } = spawnSync(recipe, [cache], { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
	if (status !== 0) throw new Error(`${name} cannot be made; see above`);
	return join(stdout.trim(), name);
}
