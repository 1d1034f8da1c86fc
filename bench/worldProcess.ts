import { spawn } from 'node:child_process';
import type { SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Namespace } from '../test/netns/namespace.ts';
import type { Counts, Ready } from './protocol.ts';

/** The servers, seen from the process that measures. */
export interface World extends Ready, AsyncDisposable {
	/** What came since the last call; the call sets all counts to 0. */
	readonly counts: () => Promise<Counts>;
}

/** Where the servers are: the name of a network namespace, and an address in it. */
export interface Place {
	readonly namespace: string;
	readonly address: string;
}

/** Starts the servers of world.ts in a process of their own, so that their work is nobody else's. Without a place: on loopback. */
export async function startWorld(place?: Place): Promise<World> {
	const words = [join(import.meta.dirname, 'world.ts'), ...(place ? [place.address] : [])];
	const options: SpawnOptions = { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] };
	const child = place
		? new Namespace(place.namespace).spawn(process.execPath, words, options)
		: spawn(process.execPath, words, options);
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
