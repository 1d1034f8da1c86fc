import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';

/**
 * A suite in network namespaces that needs these programs. Where one is missing, or namespaces may not be made, it is
 * skipped and its name says why; with `CI=true` it runs all the same, and fails.
 */
export function needing(programs: readonly string[], name: string, body: () => void): void {
	const missing = programs.filter((program) => spawnSync('which', [program]).status !== 0);
	const allowed = spawnSync('unshare', ['--net', 'true']).status === 0;
	const lack = [...missing, ...(allowed ? [] : ['the right to make network namespaces (root)'])].join(', ');
	const skipped = lack !== '' && process.env['CI'] !== 'true';
	describe.skipIf(skipped)(`${name}${skipped ? ` (skipped without ${lack})` : ''}`, () => {
		body();
	});
}
