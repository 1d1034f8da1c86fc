import { once } from 'node:events';

import type { Namespace } from './namespace.ts';

const program = new URL('../../src/main.ts', import.meta.url).pathname;

/** What a command of the program wrote, and how it ended. */
export interface Said {
	readonly code: number | null;
	/** Standard output, wherever its lines end. */
	readonly words: string;
	readonly stderr: string;
}

/** Runs a command of the program in a namespace, to its end. */
export async function says(namespace: Namespace, ...words: readonly string[]): Promise<Said> {
	const args = ['--no-warnings', program, ...words];
	const child = namespace.spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
	let [stdout, stderr] = ['', ''];
	child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
	child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
	await once(child, 'close');
	return { code: child.exitCode, words: stdout.replaceAll(/\s+/g, ' '), stderr };
}
