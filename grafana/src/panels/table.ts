import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { DataTransformerConfig } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { neutral, thresholdsOf } from '../palette.ts';
import { refId, rows } from '../query.ts';
import { type Column, propertiesOf } from './column.ts';
import { dress, type Words } from './dress.ts';

export interface TableWords extends Words {
	/** Their rows are joined by the labels that they share. */
	readonly queries: readonly string[];
	/** From left to right; labels that are not named are not shown. */
	readonly columns: readonly Column[];
	/** The title of the column by which rows are sorted. */
	readonly sortBy: string;
	readonly descending?: boolean;
}

/** A table of what is so now. */
export function table(words: TableWords): PanelBuilder {
	const { queries, columns, sortBy, descending = false } = words;
	const fieldOf = ({ of }: Column) => (typeof of === 'string' ? of : valueField(of, queries.length));
	const shown = columns.map((each) => [fieldOf(each), each.title] as const);
	const panel = dress(new PanelBuilder(), words)
		.targets(queries.map(rows))
		.transformations(only(shown, queries.length))
		.thresholds(thresholdsOf(neutral))
		.sortBy([new TableSortByFieldStateBuilder().displayName(sortBy).desc(descending)]);
	for (const column of columns) panel.overrideByName(column.title, propertiesOf(column));
	return panel;
}

const merge: DataTransformerConfig = { id: 'merge', options: {} };

/** What Grafana calls the values of a query. */
function valueField(index: number, queries: number): string {
	return queries === 1 ? 'Value' : `Value #${refId(index)}`;
}

/**
 * Joins the rows of all queries and shows these fields under these titles in this order, and no others. The time goes
 * first: answers of different seconds would share no row.
 */
function only(fields: readonly (readonly [field: string, title: string])[], queries: number): DataTransformerConfig[] {
	const names = fields.map(([field]) => field);
	const indexByName = Object.fromEntries(names.map((name, index) => [name, index]));
	return [
		{ id: 'filterFieldsByName', options: { include: { names } } },
		...(queries > 1 ? [merge] : []),
		{ id: 'organize', options: { excludeByName: {}, indexByName, renameByName: Object.fromEntries(fields) } },
	];
}
