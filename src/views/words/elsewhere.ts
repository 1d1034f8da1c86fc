import type { Elsewhere } from '../../verdict/fleet/elsewhere.ts';
import { faultText } from './fleetSentences.ts';
import { count, grouped } from './quantities.ts';

/** Whether it is only here: what this node and others find at a registry. */
export function elsewhereSentence(elsewhere: Elsewhere): string {
	const { registry, here, others } = elsewhere;
	if (others === 0) return `${hereText(registry, here)} No other node could be asked.`;
	if (here?.success === true && elsewhere.working === others)
		return `${registry} works from this node and from ${allOthers(others)}.`;
	return `${hereText(registry, here)} ${othersText(elsewhere)}${reachText(elsewhere)}`;
}

function hereText(registry: string, here: Elsewhere['here']): string {
	if (!here) return `Whether ${registry} works from this node is not known.`;
	return here.success
		? `${registry} works from this node.`
		: `${registry} fails from this node: ${faultText(here.fault)}.`;
}

function othersText({ others, working }: Elsewhere): string {
	if (working === others) return `It works from ${allOthers(others)}.`;
	if (working === 0) return `It fails from ${allOthers(others)}, too.`;
	return `It works from ${grouped(working)} of ${count(others, 'other node')}.`;
}

function allOthers(others: number): string {
	if (others === 1) return 'the other node that was asked';
	return others === 2 ? 'both other nodes that were asked' : `all ${grouped(others)} other nodes that were asked`;
}

function reachText({ scope, zone, source, others, working }: Elsewhere): string {
	if (scope === 'zone') return ` It is the zone ${zone ?? ''}.`;
	if (scope === 'source') return ` It is the address ${source ?? ''}.`;
	if (scope === 'everyone') return ' It is the other side, or something that all nodes share.';
	return scope === 'node' && working === others ? ' It is only here.' : '';
}
