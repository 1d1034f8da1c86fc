import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Does something for each of `count` things once an `interval` (seconds), spread evenly over it, until the signal
 * aborts. Gives how often it was done to its end; rejects with the first fault.
 */
export async function atPace(
	{ count, interval, signal }: { count: number; interval: number; signal: AbortSignal },
	act: (at: number) => Promise<void>,
): Promise<number> {
	const began = performance.now();
	const under = new Set<Promise<void>>();
	let done = 0;
	let fault: unknown;
	for (let turn = 0; !signal.aborted && fault === undefined; turn++) {
		const due = began + (turn * interval * 1000) / count;
		await sleep(Math.max(0, due - performance.now()), undefined, { signal }).catch(() => undefined);
		if (signal.aborted) break;
		const acting: Promise<void> = act(turn % count)
			.then(() => void done++)
			.catch((error: unknown) => void (fault ??= error))
			.finally(() => under.delete(acting));
		under.add(acting);
	}
	await Promise.all(under);
	if (fault !== undefined) throw fault;
	return done;
}
