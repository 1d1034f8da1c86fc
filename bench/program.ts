import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeBundle } from '../build/bundle.ts';

/** How the agent is started: as the image does it, with the bundle and the image's own flags. */
export interface Program {
	readonly command: readonly string[];
	readonly environment: Readonly<Record<string, string>>;
}

/** The bundle as the script `start:image` names it. */
const bundle = 'dist/registry-probe.mjs';

/**
 * Bundles the sources as they lie here, so that nothing older is measured by mistake, into the directory for temporary
 * files. Throws when `start:image` is no script that starts node.
 */
export async function makeProgram(): Promise<Program> {
	const directory = mkdtempSync(join(tmpdir(), 'bundle-'));
	const { files } = await makeBundle();
	for (const { name, content } of files) writeFileSync(join(directory, name), content);
	const text = readFileSync(join(import.meta.dirname, '../package.json'), 'utf8');
	const { scripts } = JSON.parse(text) as { scripts: Record<string, string> };
	return startedBy(scripts['start:image'] ?? '', join(directory, 'registry-probe.mjs'));
}

/** What a script like `A=1 node --flag dist/registry-probe.mjs` does, with the bundle at `file`. Throws `TypeError` for any other script. */
export function startedBy(script: string, file: string): Program {
	const words = script.split(' ');
	const at = words.indexOf('node');
	const assigned = words.slice(0, Math.max(0, at)).map((word) => word.split('='));
	if (at < 0 || !words.includes(bundle) || !assigned.every((pair) => pair.length === 2))
		throw new TypeError('cannot read the script start:image');
	const rest = words.slice(at + 1).map((word) => (word === bundle ? file : word));
	return {
		command: [process.execPath, ...rest],
		environment: Object.fromEntries(assigned.map(([name = '', value = '']) => [name, value])),
	};
}
