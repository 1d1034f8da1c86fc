import { statSync } from 'node:fs';

import type { NodeFault } from '../fault.ts';
import { resolveBelow, unlessExhausted } from '../root.ts';
import type { NodeProcess } from '../runtime/processes.ts';

/** The clock of files and the time of boot are rounded: within this many seconds nothing is said. */
const slack = 1;

/**
 * Faults for files that were written after the runtime's process started, which reads them once. `what` says what the
 * runtime goes on with, for people: `the proxy that it was started with`. Empty where the time of the start is not
 * known. Throws only when this process is out of descriptors.
 */
export function changesAfterStart(
	root: string,
	process: NodeProcess | undefined,
	files: readonly string[],
	what: string,
): NodeFault[] {
	const startedAt = process?.startedAt;
	if (startedAt === undefined) return [];
	return files.flatMap((file) => {
		const changedAt = modifiedAt(root, file);
		if (changedAt === undefined || changedAt <= startedAt + slack) return [];
		const detail =
			`changed at ${timeOf(changedAt)}, after the runtime had started at ${timeOf(startedAt)}: ` +
			`it goes on with ${what} until it is restarted`;
		return [{ file, fault: 'changed_after_start' as const, detail }];
	});
}

/** When the content of a node's file was last changed, in epoch seconds. */
function modifiedAt(root: string, file: string): number | undefined {
	return unlessExhausted(() => statSync(resolveBelow(root, file)).mtimeMs / 1000);
}

function timeOf(seconds: number): string {
	return new Date(Math.trunc(seconds) * 1000).toISOString().replace('.000Z', 'Z');
}
