import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Shows the processes of these namespaces below a node's root, until it is disposed of. */
export async function bindProcesses(root: string): Promise<AsyncDisposable> {
	const proc = join(root, 'proc');
	await run('mount', ['--bind', '/proc', proc]);
	return { [Symbol.asyncDispose]: async () => void (await run('umount', [proc])) };
}
