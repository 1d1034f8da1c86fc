import type { PauseCause } from '../../store/targetState.ts';
import type { Standing } from './condition.ts';

/** Mark and word of each standing: nothing is said by the mark alone. */
export const standings: Readonly<Record<Standing, readonly [mark: string, word: string]>> = {
	broken: ['\u2717', 'pulls fail'],
	bypassed: ['!', 'broken, pulls go another way'],
	stale: ['?', 'not tried for too long'],
	waiting: ['\u2026', 'waits for its first attempt'],
	works: ['\u2713', 'works'],
};

/** What a pause means to a reader. */
export const pauseWords: Readonly<Record<PauseCause, string>> = {
	floor: 'quota low: layers are not read for now',
	retry_after: 'the registry asked to be left alone for now',
	credentials: 'the login was rejected and is not repeated for now',
};

/** An id for links: what is no plain character becomes its code, so that two targets never share one. */
export function anchorOf(id: string): string {
	return `target-${id.replace(/[^A-Za-z0-9.-]/g, (character) => `_${character.codePointAt(0)?.toString(16)}_`)}`;
}
