import type { ApiFailure } from '../cluster/apiFailure.ts';
import type { Log } from './log.ts';

/** What is said when something cannot be done, and when it can again. */
export interface TroubleWords {
	readonly ill: string;
	readonly well: string;
}

/** One line for each kind of failure, however often it comes, and one when all is well again. */
export function tellTrouble(log: Log, words: TroubleWords) {
	const told = new Set<string>();
	return {
		ill: ({ status, message }: ApiFailure): void => {
			// The words of one status differ in the names that stand in them.
			const kind = status === undefined ? message : String(status);
			if (told.has(kind)) return;
			told.add(kind);
			log.warn(words.ill, { detail: message });
		},
		well: (): void => {
			if (told.size === 0) return;
			told.clear();
			log.info(words.well);
		},
	};
}
