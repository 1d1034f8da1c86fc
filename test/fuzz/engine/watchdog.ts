import { Worker } from 'node:worker_threads';

import type { Finding } from './attempt.ts';
import type { Outcome, Wish } from './campaign.ts';
import { newPresent, presented, presentInput, type ThreadData, type Told } from './present.ts';

/** Milliseconds of processor time without a new input after which one counts as a hang; and of any time, where it only waits. */
const patience = 20_000;
const longestWait = 600_000;
/** MiB. An input has at most a few of them, and what is made of it a multiple. */
const mostMemory = 768;

/** Runs a campaign on a thread of its own. Gives its outcome, or the input that it never came back from. */
export async function watched(
	target: string,
	wish: Wish,
	hear: { readonly onFinding: (finding: Finding) => void; readonly onKept: (input: Buffer) => void },
): Promise<Outcome | Finding> {
	const memory = newPresent();
	const worker = new Worker(new URL('thread.ts', import.meta.url), {
		workerData: { target, wish, present: memory } satisfies ThreadData,
		resourceLimits: { maxOldGenerationSizeMb: mostMemory },
	});
	const { promise, resolve, reject } = Promise.withResolvers<Outcome | Finding>();
	const lost = (kind: 'hang' | 'memory', what: string) => resolve({ kind, what, input: presentInput(memory) });
	const watch = watchFor(memory, () => lost('hang', 'does not come back'));
	worker.on('message', (message: Told) => {
		if (message.is === 'outcome') resolve({ ...message, best: message.best.map((input) => Buffer.from(input)) });
		else if (message.is === 'kept') hear.onKept(Buffer.from(message.input));
		else hear.onFinding({ ...message.finding, input: Buffer.from(message.finding.input) });
	});
	worker.on('error', (error: Error & { code?: string }) => {
		if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') lost('memory', 'takes too much memory');
		else reject(error);
	});
	try {
		return await promise;
	} finally {
		clearInterval(watch);
		await worker.terminate();
	}
}

/** Milliseconds of processor time of all threads. */
export function processTime(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

/** Calls `onHang` when one input stays the input of the moment for too long. */
function watchFor(memory: SharedArrayBuffer, onHang: () => void): NodeJS.Timeout {
	let seen = 0;
	let [spent, since] = [processTime(), performance.now()];
	return setInterval(() => {
		const now = presented(memory);
		if (now !== seen || now === 0) [seen, spent, since] = [now, processTime(), performance.now()];
		else if (processTime() - spent > patience || performance.now() - since > longestWait) onHang();
	}, 500);
}
