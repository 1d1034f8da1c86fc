import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What of a node's root stands in place of the machine's own; `run` comes last, because the root itself may be there. */
const replaced = ['etc', 'var/lib', 'run'];

const enter = `root=$1; shift
for path in ${replaced.join(' ')}; do mount --bind "$root/$path" "/$path" || exit 125; done
exec "$@"`;

/** How a program ended. */
export interface Ended {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** Starts a program in a mount namespace of its own in which the node's files are the machine's. */
export function startInNode(
	root: string,
	command: readonly string[],
	environment: Readonly<Record<string, string>> = {},
): ChildProcess {
	for (const path of replaced) mkdirSync(join(root, path), { recursive: true });
	const args = ['--mount', '--propagation', 'private', 'sh', '-c', enter, 'sh', root, ...command];
	const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...environment };
	return spawn('unshare', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** What a program says until it ends. */
export async function outcomeOf(child: ChildProcess): Promise<Ended> {
	if (!child.stdout || !child.stderr) throw new TypeError('a program whose output nobody reads');
	const code = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
	return { code: await code, stdout, stderr };
}
