import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const pseudoTerminal = fileURLToPath(new URL('pseudoTerminal.py', import.meta.url));

/** What a person sees after a command has run in a terminal, and what was written to get there. */
export interface Screen {
	readonly code: number | null;
	readonly written: string;
	/** Lines as they stand on the screen; a line that was too wide goes on in the next, as terminals do it. */
	readonly lines: readonly string[];
}

/** Runs the program in a pseudo-terminal of so many columns. */
export async function onScreen(
	columns: number,
	argv: readonly string[],
	environment: Readonly<Record<string, string>> = {},
): Promise<Screen> {
	const child = spawn('python3', [pseudoTerminal, String(columns), process.execPath, 'src/main.ts', ...argv], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', TERM: 'xterm', PYTHONCOERCECLOCALE: '0', ...environment },
	});
	const [[code], written] = await Promise.all([once(child, 'exit'), text(child.stdout)]);
	return { code: code as number | null, written, lines: linesOn(written, columns) };
}

const escape = String.fromCharCode(0x1b);
const piece = new RegExp(
	`${escape}\\[(?<parameters>[0-9;]*)(?<final>[a-zA-Z])|(?<control>[\\r\\n])|(?<character>[^${escape}])`,
	'gsu',
);

/** Plays what was written: characters, line ends, carriage returns, colours, and the erasing of a line; throws for anything else. */
export function linesOn(written: string, columns: number): readonly string[] {
	const rows: string[][] = [[]];
	let at = 0;
	for (const { groups = {} } of written.matchAll(piece)) {
		const { final, control, character } = groups;
		if (final === 'K') rows[rows.length - 1] = [];
		else if (final !== undefined && final !== 'm') throw new Error(`the terminal was told ${final}`);
		if (control === '\r') at = 0;
		if (control === '\n' || (character !== undefined && at >= columns)) rows.push([]);
		if (character === undefined) continue;
		if (at >= columns) at = 0;
		const row = rows.at(-1) ?? [];
		row[at] = character;
		at += 1;
	}
	return rows.map((row) =>
		Array.from(row, (character) => character ?? ' ')
			.join('')
			.trimEnd(),
	);
}
