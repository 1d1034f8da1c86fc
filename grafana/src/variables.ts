import {
	DatasourceVariableBuilder,
	QueryVariableBuilder,
	VariableRefresh,
	VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { datasource } from './datasource.ts';
import type { Selector } from './promql.ts';

type Variable = DatasourceVariableBuilder | QueryVariableBuilder;

const anything = { selected: true, text: ['All'], value: ['$__all'] };

/** The values of a label; as Grafana knows them anew whenever the time range changes. */
function labelValues(name: string, label: string, metric: string): QueryVariableBuilder {
	const definition = `label_values(${metric}, ${name})`;
	return new QueryVariableBuilder(name)
		.label(label)
		.datasource(datasource)
		.query({ qryType: 1, query: definition, refId: 'PrometheusVariableQueryEditor-VariableQuery' })
		.definition(definition)
		.refresh(VariableRefresh.OnTimeRangeChanged)
		.sort(VariableSort.NaturalAsc);
}

/** Many values, at first all; all are asked for as such, so that what has no such label belongs to them. */
const many = (variable: QueryVariableBuilder) => variable.multi(true).includeAll(true).allValue('.*').current(anything);

const one = (variable: QueryVariableBuilder) => variable.multi(false).includeAll(false);

/** Prometheus, the clusters that it knows (none where there is no such label) and the network of the agents. */
export function commonVariables(): Variable[] {
	return [
		new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'),
		many(labelValues('cluster', 'Cluster', 'registry_probe_build_info{cluster!=""}')),
		one(labelValues('network', 'Network', 'registry_probe_build_info{cluster=~"$cluster"}')).description(
			"`host`: what the node's runtime meets. `pod`: what pods meet, where agents run on their network.",
		),
	];
}

export const manyZones = (nodes: Selector) => many(labelValues('zone', 'Zone', nodes('node_info', 'zone!=""')));

export const manyNodes = (nodes: Selector) => many(labelValues('node', 'Node', nodes('build_info')));

export const oneNode = (nodes: Selector) => one(labelValues('node', 'Node', nodes('build_info')));

export const manyRegistries = (nodes: Selector) => many(labelValues('registry', 'Registry', nodes('target_info')));

export const oneRegistry = (nodes: Selector) => one(labelValues('registry', 'Registry', nodes('target_info')));
