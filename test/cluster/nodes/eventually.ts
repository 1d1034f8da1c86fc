import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between two looks. */
const pace = 300;

/**
 * Waits until `look` gives what is wished for, and gives it; errors count as not yet. Throws after so many seconds, with
 * what `told` says then.
 */
export async function eventually<T>(
	what: string,
	look: () => Promise<T | undefined | false>,
	seconds: number,
	told: () => string | Promise<string> = () => '',
): Promise<T> {
	let last = '';
	for (const end = performance.now() + seconds * 1000; performance.now() < end; await sleep(pace)) {
		try {
			const found = await look();
			if (found !== undefined && found !== false) return found;
		} catch (error) {
			last = String(error);
		}
	}
	throw new Error(`${what}: not within ${seconds} s. ${last}\n${await told()}`);
}
