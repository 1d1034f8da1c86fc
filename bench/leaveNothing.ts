import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Puts all temporary files of this process into one directory that goes with it, and makes it end in order on SIGINT,
 * SIGTERM and SIGHUP, so that what was started for the time of the process ends too.
 */
export function leaveNothing(): void {
	const directory = mkdtempSync(join(tmpdir(), 'bench-'));
	process.env['TMPDIR'] = directory;
	process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
	for (const [signal, number] of [
		['SIGHUP', 1],
		['SIGINT', 2],
		['SIGTERM', 15],
	] as const) {
		process.once(signal, () => process.exit(128 + number));
	}
}
