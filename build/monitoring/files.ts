import { stringify } from 'yaml';
import { alertingGroups, recordingGroups } from './groups.ts';
import { isAlert, type Alert, type Group, type Rule } from './rule.ts';

/** A file that is made, its path from the top of the repository. */
export interface MadeFile {
	readonly path: string;
	readonly text: string;
}

const made = '# Made from build/monitoring: node build/monitoring/main.ts\n';

/**
 * The rules as files of Prometheus and as an object of the Prometheus Operator
 * (https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule). `docs` is where the
 * links of the alerts lead: the address of the directory `docs/`, without a slash at its end.
 */
export function ruleFiles(docs: string): readonly MadeFile[] {
	const file = (name: string, groups: readonly Group[]) => ({
		path: `manifests/monitoring/${name}.yaml`,
		text: yaml(ruleFile(groups, docs)),
	});
	return [
		file('recording-rules', recordingGroups),
		file('alerting-rules', alertingGroups),
		{ path: 'manifests/components/prometheus-rules/prometheus-rule.yaml', text: yaml(prometheusRule(docs)) },
	];
}

function prometheusRule(docs: string): object {
	const labels = {
		'app.kubernetes.io/name': 'registry-probe',
		'app.kubernetes.io/component': 'agent',
		'app.kubernetes.io/part-of': 'registry-probe',
	};
	return {
		apiVersion: 'monitoring.coreos.com/v1',
		kind: 'PrometheusRule',
		metadata: { name: 'registry-probe', namespace: 'registry-probe', labels },
		spec: ruleFile([...recordingGroups, ...alertingGroups], docs),
	};
}

/** What a rule file of Prometheus holds (https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/). */
export function ruleFile(groups: readonly Group[], docs: string): object {
	return { groups: groups.map((group) => writtenGroup(group, docs)) };
}

function yaml(content: object): string {
	return made + stringify(content, { lineWidth: 0, blockQuote: 'literal', singleQuote: true });
}

function writtenGroup({ name, interval, rules }: Group, docs: string): object {
	return { name, interval, rules: rules.map((rule) => writtenRule(rule, docs)) };
}

function writtenRule(rule: Rule, docs: string): object {
	const expr = rule.expr.trim();
	if (!isAlert(rule)) return { record: rule.record, expr, ...(rule.labels && { labels: rule.labels }) };
	const { alert, severity, area, summary, description } = rule;
	return {
		alert,
		expr,
		for: rule.for,
		keep_firing_for: rule.keepFiringFor,
		labels: { severity, area },
		annotations: { summary, description, runbook_url: `${docs}/${placeOf(rule)}` },
	};
}

/** Where an alert is explained, below `docs/`. */
export function placeOf({ alert, runbook }: Alert): string {
	return runbook ?? `alerts.md#${alert.toLowerCase()}`;
}
