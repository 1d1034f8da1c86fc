import type { Observation } from '../probe/observation.ts';
import type { Reason } from '../reasons/reason.ts';
import type { Manner } from './manner.ts';
import { failureOf } from './walked.ts';

/** What is found out only after the manifest was taken for one. */
const believed: ReadonlySet<Reason> = new Set(['http_intercepted', 'manifest_invalid', 'platform_not_found']);

/**
 * Whether the pull ends at this host, so that none behind it is asked: it served something else as the manifest with
 * status 200, which no runtime doubts; or it keeps the runtime waiting without end.
 */
export function endsPull(observation: Observation, { headSeconds }: Manner): boolean {
	const failure = failureOf(observation);
	if (!failure) return false;
	const { stage, reason, facts } = failure;
	if (stage === 'manifest' && believed.has(reason)) return facts?.['status'] === 200;
	if (reason === 'body_stalled') return true;
	return reason === 'http_timeout' && headSeconds === undefined;
}
