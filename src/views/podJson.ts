import type { PodExplanation } from '../explain/podExplanation.ts';
import type { Elsewhere } from '../verdict/fleet/elsewhere.ts';
import type { PodReport } from './terminal/podReport.ts';

/** What `explain [NAMESPACE/]POD --output json` prints, described by docs/explain-pod.schema.json. */
export interface ExplainPodDocument {
	readonly version: 1;
	readonly namespace: string;
	readonly pod: string;
	readonly node?: string;
	readonly agent: PodReport['agent'];
	readonly explanations: readonly PodExplanation[];
	readonly elsewhere: readonly Elsewhere[];
	readonly pulling: PodReport['pulling'];
	readonly gaps: readonly string[];
}

/** The report for programs. */
export function explainPodDocument(report: PodReport): ExplainPodDocument {
	const { namespace, pod, node, agent, explanations, elsewhere, pulling, gaps } = report;
	const where = node === undefined ? {} : { node };
	return { version: 1, namespace, pod, ...where, agent, explanations, elsewhere, pulling, gaps };
}
