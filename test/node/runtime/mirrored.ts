import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A real process under a name of our choice, whose /proc can be laid below a node's root. */
export interface NamedProcess extends Disposable {
	readonly pid: number;
	/** Copies what the kernel says of the process to `<root>/proc`; `changes` replaces files by path below its directory. */
	readonly mirror: (root: string, changes?: Readonly<Record<string, string | Buffer>>) => void;
}

const files = ['comm', 'status', 'stat', 'cgroup', 'cmdline', 'environ'];

/** Starts a program that only sleeps, under such a name, arguments and environment. */
export async function startNamed(
	name: string,
	environment: Readonly<Record<string, string>> = {},
	words: readonly string[] = [],
): Promise<NamedProcess> {
	const directory = mkdtempSync(join(tmpdir(), 'named-'));
	const program = join(directory, name);
	// A shell takes further words as its own arguments, and waits for input that never comes.
	symlinkSync('/bin/dash', program);
	const child = spawn(program, ['-s', '--', ...words], {
		env: { ...environment },
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	await new Promise<void>((resolve, reject) => {
		child.once('spawn', resolve);
		child.once('error', reject);
	});
	return {
		pid: child.pid ?? 0,
		mirror: (root, changes = {}) => mirror(root, child, changes),
		[Symbol.dispose]: () => {
			child.kill('SIGKILL');
			rmSync(directory, { recursive: true, force: true });
		},
	};
}

function mirror(
	root: string,
	{ pid, spawnfile }: ChildProcess,
	changes: Readonly<Record<string, string | Buffer>>,
): void {
	const to = join(root, 'proc', String(pid));
	mkdirSync(to, { recursive: true });
	for (const file of files) writeFileSync(join(to, file), readFileSync(`/proc/${pid}/${file}`));
	writeFileSync(join(root, 'proc/stat'), readFileSync('/proc/stat'));
	if (changes['exe'] === undefined) symlinkSync(spawnfile, join(to, 'exe'));
	for (const [file, text] of Object.entries(changes)) writeFileSync(join(to, file), text);
}

/** Writes a file below the root, whatever directories that needs. */
export function write(root: string, path: string, content: string | Buffer): void {
	mkdirSync(dirname(join(root, path)), { recursive: true });
	writeFileSync(join(root, path), content);
}
