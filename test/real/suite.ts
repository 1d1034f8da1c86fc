import { beforeAll, beforeEach, describe } from 'vitest';
import { type ComponentName, findComponent, remedy } from './component.ts';
import { everStarted } from './running.ts';

/** As much of each program's output as the report of a failure shows, in characters. */
const shown = 6000;

/**
 * A suite that needs real programs. Where one is missing it is skipped and its name says what to do; with `CI=true` it
 * fails instead. What the programs wrote is shown when a test fails.
 */
export function suite(name: string, needs: readonly ComponentName[], body: () => void): void {
	const missing = needs.filter((need) => findComponent(need) === undefined).join(', ');
	const lack = `without ${missing}, which ${remedy} installs`;
	const skipped = missing !== '' && process.env['CI'] !== 'true';
	describe.skipIf(skipped)(`${name}${skipped ? ` (skipped ${lack})` : ''}`, () => {
		beforeAll(() => {
			if (missing !== '') throw new Error(`this suite cannot run ${lack}`);
		});
		beforeEach(({ onTestFailed }) => onTestFailed(showOutput));
		body();
	});
}

function showOutput(): void {
	for (const { name, port, output } of everStarted) {
		process.stderr.write(`--- ${name} on port ${port} wrote:\n${output.slice(-shown)}\n`);
	}
}
