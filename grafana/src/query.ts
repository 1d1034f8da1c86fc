import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { datasource } from './datasource.ts';

const refIds = 'ABCDEFGHIJKL';

/** The name of the query at this place in its panel. */
export function refId(index: number): string {
	const id = refIds[index];
	if (id === undefined) throw new RangeError(`no panel has ${index + 1} queries`);
	return id;
}

function query(expression: string, index: number): DataqueryBuilder {
	return new DataqueryBuilder().refId(refId(index)).datasource(datasource).expr(expression);
}

/** What is so now, as rows. */
export function rows(expression: string, index: number): DataqueryBuilder {
	return query(expression, index).instant().format(PromQueryFormat.Table);
}

/** What is so now, as one value for each series. */
export function now(expression: string, index: number, legend: string): DataqueryBuilder {
	return query(expression, index).instant().legendFormat(legend);
}

/** How it has been, as one line for each series. */
export function overTime(expression: string, index: number, legend: string): DataqueryBuilder {
	return query(expression, index).range().legendFormat(legend);
}
