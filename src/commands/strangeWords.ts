import type { Words } from '../explain/diagnosis/words.ts';
import type { Suspect } from './suspects.ts';

/** Messages that are remembered, so that none is counted twice while its container waits. */
const mostKept = 1000;

/** Counts messages of the kubelet that are not understood, each once. */
export class StrangeWords {
	readonly #onStrange: (said: string) => void;
	readonly #seen = new Set<string>();

	/** `onStrange` is told the innermost words of each, safe to show. */
	constructor(onStrange: (said: string) => void) {
		this.#onStrange = onStrange;
	}

	/** Takes in what the kubelet now says about a container. Its state turns to and fro while the words stay the same. */
	see({ pod, waiting }: Suspect, { kind, reading }: Words): void {
		if (kind !== 'strange') return;
		const key = `${pod.uid} ${waiting.container} ${reading.said}`;
		if (this.#seen.has(key)) return;
		this.#seen.add(key);
		for (const oldest of this.#seen) if (this.#seen.size > mostKept) this.#seen.delete(oldest);
		this.#onStrange(reading.said);
	}
}
