import type { PodEvent } from '../cluster/podEvent.ts';
import { type Words, wordsOf } from '../explain/diagnosis/words.ts';
import type { Suspect } from './suspects.ts';

interface Kept {
	readonly said: string;
	readonly events: readonly PodEvent[];
	readonly words: Words;
}

/** What the kubelet says about containers, read once each time that it says something else. */
export class SpokenWords {
	#kept = new Map<string, Kept>();

	/** The words about a container; `events` are those of its pod, the same list as long as they were not read anew. */
	of({ key, waiting }: Suspect, events: readonly PodEvent[]): Words {
		const said = `${waiting.reason} ${waiting.message}`;
		const before = this.#kept.get(key);
		if (before?.said === said && before.events === events) return before.words;
		const its = events.filter(({ container = waiting.container }) => container === waiting.container);
		const words = wordsOf(waiting, its);
		this.#kept.set(key, { said, events, words });
		return words;
	}

	/** Forgets all containers but these. */
	keep(suspects: readonly Suspect[]): void {
		const present = new Set(suspects.map(({ key }) => key));
		this.#kept = new Map([...this.#kept].filter(([key]) => present.has(key)));
	}
}
