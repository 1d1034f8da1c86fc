import type { Elsewhere } from '../../verdict/fleet/elsewhere.ts';
import { isReason } from '../../reasons/reason.ts';
import type { Evidence, PodExplanation } from '../podExplanation.ts';
import type { CauseRule } from './causeRule.ts';
import { causes } from './causes.ts';
import { onlyOthersTell } from './summary.ts';

/** Other nodes that must reach a host before it is proved that it can be reached: one may meet another replica of it. */
const leastWorking = 2;

/**
 * An explanation that one node alone could not prove, beside what other nodes find at the same registry: where it works from
 * them, or from other zones, it is the way of this node; where it works from nobody, it is likely the registry. Anything else
 * stays as it is. Pure.
 */
export function amongNodes(explanation: PodExplanation, seen: Elsewhere | undefined): PodExplanation {
	if (!seen || !isOpen(explanation) || !meetsTheSame(explanation, seen)) return explanation;
	const { others, working, scope } = seen;
	if (working >= leastWorking && (working === others || scope === 'zone' || scope === 'source')) {
		const whose = wayOf(seen);
		return told(
			explanation,
			seen,
			{ cause: 'node', explained: 'probe' },
			`It works from other nodes: it is the way of ${whose}.`,
		);
	}
	if (others >= leastWorking && working === 0) {
		const remark = 'It works from no node that was asked: it is the registry, or something that all nodes share.';
		return told(explanation, seen, { cause: 'registry', explained: 'unknown' }, remark);
	}
	return explanation;
}

/** Whether a look from elsewhere would tell: the way and the host could both be at fault. */
function isOpen({ explained, reason, summary }: PodExplanation): boolean {
	if (explained !== 'unknown' || reason === null || !isReason(reason)) return false;
	const { proof, cause }: CauseRule = causes[reason];
	return proof === 'others' && (cause === 'node' || cause === 'registry') && summary.endsWith(onlyOthersTell);
}

/** The regular probes of this node do, at the same host; what they meet of other images says nothing. */
function meetsTheSame({ reason, host }: PodExplanation, { here }: Elsewhere): boolean {
	return here?.success === false && here.fault?.reason === reason && (host === undefined || here.fault.host === host);
}

function wayOf({ scope, zone, source }: Elsewhere): string {
	if (scope === 'zone' && zone !== undefined) return `the zone ${zone}`;
	if (scope === 'source' && source !== undefined) return `the address ${source}`;
	return 'this node';
}

function told(
	{ summary, evidence, ...explanation }: PodExplanation,
	{ registry, others, working }: Elsewhere,
	judged: Pick<PodExplanation, 'cause' | 'explained'>,
	remark: string,
): PodExplanation {
	const text = `${registry} works from ${working} of ${others} other nodes that were asked`;
	const nodes: Evidence = { source: 'nodes', text };
	return {
		...explanation,
		...judged,
		summary: summary.replace(onlyOthersTell, remark),
		evidence: [...evidence, nodes],
	};
}
