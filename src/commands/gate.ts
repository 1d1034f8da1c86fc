import type { Gate } from '../probe/probe.ts';

/**
 * A gate that lets at most `concurrency` connects and handshakes begin in one turn of the event loop. It is held while
 * something begins and never while it waits for an answer, so black-holed hosts delay nobody.
 */
export function createGate(concurrency: number): Gate {
	const waiting: (() => void)[] = [];
	let begun = 0;

	const turn = () => {
		begun = 0;
		for (const begin of waiting.splice(0, concurrency)) enter(begin);
	};
	const enter = (begin: () => void) => {
		if (begun === 0) setImmediate(turn);
		begun += 1;
		begin();
	};

	return (begin) =>
		new Promise((resolve, reject) => {
			const start = () => {
				try {
					resolve(begin());
				} catch (error) {
					reject(error);
				}
			};
			if (begun < concurrency) enter(start);
			else waiting.push(start);
		});
}
