import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeAll, describe } from 'vitest';

/** runc stands where a user's PATH does not lead. */
const besidePath = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The path of a program; undefined when it is not installed. */
export function findProgram(name: string): string | undefined {
	const directories = [...(process.env['PATH'] ?? '').split(delimiter), ...besidePath];
	return directories.map((directory) => join(directory, name)).find((path) => existsSync(path));
}

function lacking(): string {
	if (process.platform !== 'linux') return 'Linux';
	const missing = ['buildah', 'runc', 'npm', 'ldd'].filter((name) => findProgram(name) === undefined);
	const may = spawnSync('unshare', ['--mount', '--pid', '--fork', 'true'], { stdio: 'ignore' }).status === 0;
	return [...missing, ...(may ? [] : ['the right to make containers (root)'])].join(', ');
}

/**
 * A suite with containers. Where they cannot be made it is skipped and its name says what to do; with `CI=true` it fails
 * instead.
 */
export function containerSuite(name: string, body: () => void): void {
	const missing = lacking();
	const lack = `without ${missing}; npm run test:tools as root installs what can be installed`;
	const skipped = missing !== '' && process.env['CI'] !== 'true';
	describe.skipIf(skipped)(`${name}${skipped ? ` (skipped ${lack})` : ''}`, () => {
		beforeAll(() => {
			if (missing !== '') throw new Error(`this suite cannot run ${lack}`);
		});
		body();
	});
}
