import { scope as scopes } from './series.ts';

/**
 * Pieces of templates as Prometheus fills them (https://prometheus.io/docs/prometheus/latest/configuration/template_reference/).
 * What may change while an alert fires is asked for when the text is made, and is no label of the alert.
 */

/** The answer to a query, in which `%q` stands for the labels of the alert that are named, in their order. */
function asked(query: string, labels: readonly string[]): string {
	return `printf \`${query}\` ${labels.map((label) => `$labels.${label}`).join(' ')} | query`;
}

/** The series with these labels of an alert, in their order: PromQL with `%q`. */
export function ofAlert(series: string, labels: readonly string[], ...matchers: readonly string[]): string {
	return `${series}{${[...matchers, ...labels.map((label) => `${label}=%q`)].join(', ')}}`;
}

/** The same of a metric of ours, by the agents on the nodes' own network. */
export function onNodes(metric: string, labels: readonly string[], ...matchers: readonly string[]): string {
	return ofAlert(`registry_probe_${metric}`, labels, 'network="host"', ...matchers);
}

/** A phrase for each series of the answer to a query, `none` where there is none. */
export function listed(query: string, labels: readonly string[], phrase: string, none: string): string {
	const first = `{{ range $at, $one := ${asked(query, labels)} }}{{ if $at }}, {{ end }}`;
	return `${first}${phrase}{{ else }}${none}{{ end }}`;
}

/** The failures of an alert: which series of `registry_probe_stage_failure` they are, by PromQL with `%q`. */
export interface Failures {
	readonly query: string;
	readonly labels: readonly string[];
}

/** The failures of what a verdict of this scope covers, by the labels of the alert: cluster and registry, then others. */
export function failuresOf(scope: string, ...others: readonly string[]): Failures {
	const labels = ['cluster', 'registry', ...others];
	const own = labels.map((label, at) => `${label}=%[${at + 1}]q`).join(', ');
	return {
		query:
			'registry_probe_stage_failure{network="host", cluster=%[1]q, registry=%[2]q} ' +
			`and on (cluster, node, registry) ${scopes}{scope="${scope}", ${own}}`,
		labels,
	};
}

/** Failures of a registry on any node, narrowed down by a matcher such as `role="blob"`. */
export function failuresWith(matcher: string): Failures {
	return {
		query: `registry_probe_stage_failure{network="host", cluster=%q, registry=%q, ${matcher}}`,
		labels: ['cluster', 'registry'],
	};
}

/** Where it breaks and why, the three most frequent: a sentence. */
export function breaks({ query, labels }: Failures): string {
	const found = `topk(3, count by (host, role, stage, reason) (${query}))`;
	const phrase = '{{ .Labels.reason }} (host {{ .Labels.host }}, role {{ .Labels.role }}, stage {{ .Labels.stage }})';
	return `Reason: ${listed(found, labels, phrase, 'nothing fails at the moment')}.`;
}

/** The section of the runbook for the most frequent reason. */
export function runbookOf({ query, labels }: Failures): string {
	const found = `topk(1, count by (reason) (${query}))`;
	return `runbook.md#${listed(found, labels, '{{ .Labels.reason }}', 'how-to-read-a-failure')}`;
}

/** Up to five of the values that a label has in the answer. */
export function named(label: string, query: string, labels: readonly string[]): string {
	return listed(`topk(5, group by (${label}) (${query}))`, labels, `{{ .Labels.${label} }}`, 'none at the moment');
}

/** Up to five nodes of the answer: a sentence. */
export function nodesOf(query: string, labels: readonly string[]): string {
	return `Nodes: ${named('node', query, labels)}.`;
}

/** ` in the cluster NAME`, where the metrics name one. */
export const inCluster = '{{ with $labels.cluster }} in cluster {{ . }}{{ end }}';

/** The value as a number of nodes. */
export const nodes = '{{ $value }} node{{ if ne $value 1.0 }}s{{ end }}';
