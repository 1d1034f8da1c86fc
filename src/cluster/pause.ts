import { setTimeout as wait } from 'node:timers/promises';

/** Waits so many milliseconds, or until the signal. Keeps no process alive. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
	try {
		await wait(milliseconds, undefined, { signal, ref: false });
	} catch {
		// The signal has ended the wait.
	}
}
