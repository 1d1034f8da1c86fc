import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Counts, Ready } from './protocol.ts';

/** The servers, seen from the process that measures. */
export interface World extends Ready, AsyncDisposable {
	/** What came since the last call; the call sets all counts to 0. */
	readonly counts: () => Promise<Counts>;
}

/** Starts the servers of world.ts in a process of their own, so that their work is nobody else's. */
export async function startWorld(): Promise<World> {
	const child = fork(join(import.meta.dirname, 'world.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	const [ready] = (await once(child, 'message')) as [Ready];
	return {
		...ready,
		async counts() {
			const answered = once(child, 'message');
			child.send('counts');
			const [counts] = (await answered) as [Counts];
			return counts;
		},
		async [Symbol.asyncDispose]() {
			const ended = once(child, 'exit');
			child.disconnect();
			await ended;
		},
	};
}
