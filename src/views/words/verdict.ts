import type { Target } from '../../plan/target.ts';
import type { Observation } from '../../probe/observation.ts';
import { printable } from '../../registry/redact.ts';
import type { PullVerdict } from '../../verdict/pullVerdict.ts';
import { delaySecondsOf } from './lateness.ts';
import { span } from './quantities.ts';

/** The verdict on the pull that an attempt was about. */
export function verdictOn(
	{ registry, image }: Pick<Observation, 'registry' | 'image'>,
	verdicts: readonly PullVerdict[],
): PullVerdict | undefined {
	return verdicts.find((verdict) => verdict.registry === registry && verdict.image === image);
}

/** What a broken path means for the pulls of this node, in one sentence; empty as long as nothing can be said. */
export function consequenceOf(target: Target, verdict: PullVerdict | undefined): string {
	const registry = printable(target.registry);
	if (!verdict) return '';
	if (!verdict.success) return `Pulls from ${registry} fail on this node.`;
	const late = delaySecondsOf(verdict) >= 1 ? `, ${span(delaySecondsOf(verdict))} late` : '';
	return `Pulls from ${registry} still succeed, through ${printable(verdict.via ?? 'another host')}${late}.`;
}

/** The name of a target to a reader: the registry, and the host that stands in for it. */
export function nameOf({ registry, host, via }: Target): string {
	return printable(via === 'mirror' ? `${registry} via ${host}` : registry);
}
