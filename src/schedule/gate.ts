import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Gate } from '../probe/probe.ts';

/** A beginning that took longer than this, in milliseconds, is heavy: the start of a handshake is, that of a connect is not. */
const heavy = 0.3;

/**
 * A gate that lets at most `concurrency` connects and handshakes begin in one turn of the event loop, and none after
 * a heavy one: time stamps of what is under way would be late. It is never held while something waits for an answer.
 */
export function createGate(concurrency: number): Gate {
	const limit = pLimit(concurrency);
	let spent = false;
	return (begin) =>
		new Promise((resolve, reject) => {
			void limit(async () => {
				while (spent) await nextTurn();
				const began = performance.now();
				try {
					resolve(begin());
				} catch (error) {
					reject(error);
				}
				spent = performance.now() - began > heavy;
				await nextTurn();
				spent = false;
			});
		});
}
