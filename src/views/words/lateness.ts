import type { DelayCause, PullVerdict } from '../../verdict/pullVerdict.ts';
import { span } from './quantities.ts';

const causes: Readonly<Record<DelayCause, string>> = {
	dead_address: 'an address that is tried first does not answer',
	dead_nameserver: 'a nameserver that is asked first is silent',
	dropped_family: 'questions for one address family are never answered',
	dead_mirror: 'a host that is asked first keeps the runtime waiting',
	retry: 'a host that is asked first limits its requests',
};

/** Seconds that a pull would lose before it succeeds; 0 where it loses none, and where it fails. */
export function delaySecondsOf({ delays = {} }: PullVerdict): number {
	return Object.values(delays).reduce((sum, seconds) => sum + seconds, 0);
}

/** A pull that is later than this, in seconds, is worth a word. */
const worthTelling = 1;

/** `Pulls work, 30 s late: …`, with the causes, the dearest first; nothing where a pull is not late. */
export function lateness(verdict: PullVerdict): string | undefined {
	const total = delaySecondsOf(verdict);
	if (total < worthTelling) return undefined;
	const dearest = (Object.keys(causes) as DelayCause[])
		.map((cause) => [cause, verdict.delays?.[cause] ?? 0] as const)
		.filter(([, seconds]) => seconds >= worthTelling)
		.toSorted(([, a], [, b]) => b - a);
	const told = dearest.map(([cause, seconds]) => `${causes[cause]} (${span(seconds)})`).join('; ');
	return `Pulls work, ${span(total)} late: ${told}.`;
}
