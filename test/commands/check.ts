import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const source = (name: string) => new URL(`../../src/commands/${name}.ts`, import.meta.url).href;
const program = `
	import { checkCommand } from '${source('check')}';
	import { createProgram, run } from '${source('program')}';
	const code = await run(createProgram([checkCommand()]), ['check', ...process.argv.slice(1)]);
	if (code !== undefined) process.exitCode = code;
`;

export interface Ended {
	readonly code: number | null;
	readonly output: string;
	readonly errors: string;
}

/** A `check` in a process of its own. */
export interface Running {
	readonly signal: (name: NodeJS.Signals) => void;
	readonly ended: Promise<Ended>;
}

export function startCheck(argv: readonly string[], environment: Readonly<Record<string, string>> = {}): Running {
	const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', program, '--', ...argv], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { LANG: 'C.UTF-8', ...environment },
	});
	const ended = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
	return {
		signal: (name) => void child.kill(name),
		ended: ended.then(([[code], output, errors]) => ({ code: code as number | null, output, errors })),
	};
}

export function check(argv: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ended> {
	return startCheck(argv, environment).ended;
}
