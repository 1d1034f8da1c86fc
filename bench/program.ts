import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the agent is started. */
export interface Program {
	/** `image`: the bundle with the image's own flags; `checkout`: TypeScript as it lies here. */
	readonly form: 'image' | 'checkout';
	readonly command: readonly string[];
	readonly environment: Readonly<Record<string, string>>;
}

const project = join(import.meta.dirname, '..');

/**
 * The agent as the image starts it when `npm run build` has made the bundle, else as the checkout does. The flags are
 * read from the script `start:image`, so that they stand in one place. Throws when that script is none that starts node.
 */
export function findProgram(): Program {
	if (!existsSync(join(project, 'dist/registry-probe.mjs'))) {
		return { form: 'checkout', command: [process.execPath, join(project, 'src/main.ts')], environment: {} };
	}
	const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
		scripts: Record<string, string>;
	};
	const words = (scripts['start:image'] ?? '').split(' ');
	const at = words.indexOf('node');
	const assigned = words.slice(0, at).map((word) => word.split('='));
	if (at < 0 || !assigned.every((pair) => pair.length === 2)) throw new Error('cannot read the script start:image');
	const rest = words.slice(at + 1).map((word) => (word.startsWith('dist/') ? join(project, word) : word));
	return {
		form: 'image',
		command: [process.execPath, ...rest],
		environment: Object.fromEntries(assigned.map(([name = '', value = '']) => [name, value])),
	};
}
