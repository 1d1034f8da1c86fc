import type { PodEvent } from '../cluster/podEvent.ts';
import { pullingSince } from '../explain/diagnosis/silence.ts';
import type { Words } from '../explain/diagnosis/words.ts';
import type { Wanted } from './imageTries.ts';
import type { Suspect } from './suspects.ts';

/** Seconds for which a pull may be silent before its image is tried. */
const silent = 15;

/** The image of a container that is worth a try: it failed, or its pull has been silent for a while. */
export function wantedOf(
	{ pod, waiting, reference, quiet }: Suspect,
	events: readonly PodEvent[],
	{ kind, reading, at }: Words,
): Wanted | undefined {
	if (!reference) return undefined;
	if (!quiet) {
		const mark = [kind, reading.reason, reading.host].join(' ');
		return { pod, image: reference, mark, ...(at !== undefined && { failedAt: at }) };
	}
	const since = pullingSince(events, waiting.container);
	if (since === undefined || Date.now() / 1000 - since < silent) return undefined;
	return { pod, image: reference, mark: 'silent' };
}
