import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { expect, test } from 'vitest';

const missing = spawnSync('shellcheck', ['--version']).error !== undefined;
const skipped = missing && process.env['CI'] !== 'true';
const scripts = ['.ci/run', ...globSync('test/**/*.sh')].toSorted();

test.skipIf(skipped)('shellcheck finds nothing in any script (skipped without shellcheck: npm run test:tools)', () => {
	expect(scripts.length).toBeGreaterThan(5);
	// What a recipe of another directory sources lies in the second of these.
	const args = ['--shell=bash', '--external-sources', '--source-path=SCRIPTDIR:test/kubernetes', '--format=gcc'];
	const { status, stdout, stderr } = spawnSync('shellcheck', [...args, ...scripts], { encoding: 'utf8' });
	expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: '', status: 0 });
});
