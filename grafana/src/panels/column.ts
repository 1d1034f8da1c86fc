import type { DynamicConfigValue, Threshold, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { TableCellBackgroundDisplayMode, TableCellDisplayMode } from '@grafana/grafana-foundation-sdk/common';
import { ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';

/** Where a click leads. */
export interface Link {
	readonly title: string;
	readonly url: string;
	/** In a tab of its own. Default: in place of the board. */
	readonly targetBlank?: boolean;
}

/** A column of a table. */
export interface Column {
	/** The label that it shows, or the number of the query whose value it shows. */
	readonly of: string | number;
	readonly title: string;
	readonly unit?: string;
	readonly decimals?: number;
	readonly meanings?: readonly ValueMapping[];
	/** Colours by value. */
	readonly steps?: readonly Threshold[];
	readonly link?: Link;
	readonly width?: number;
}

/** What the colours of a cell are on. */
const filled = { type: TableCellDisplayMode.ColorBackground, mode: TableCellBackgroundDisplayMode.Basic };

/** In place of the words for a whole table that is empty. */
const noCell = '–';

/** How the cells of a column look. */
export function propertiesOf(column: Omit<Column, 'of' | 'title'>): DynamicConfigValue[] {
	const { unit, decimals, meanings, steps, link, width } = column;
	const isColored = meanings !== undefined || steps !== undefined;
	return [
		{ id: 'noValue', value: noCell },
		...(unit === undefined ? [] : [{ id: 'unit', value: unit }]),
		...(decimals === undefined ? [] : [{ id: 'decimals', value: decimals }]),
		...(meanings === undefined ? [] : [{ id: 'mappings', value: meanings }]),
		...(steps === undefined ? [] : [{ id: 'thresholds', value: { mode: ThresholdsMode.Absolute, steps } }]),
		...(steps === undefined ? [] : [{ id: 'color', value: { mode: 'thresholds' } }]),
		...(isColored ? [{ id: 'custom.cellOptions', value: filled }] : []),
		...(link === undefined ? [] : [{ id: 'links', value: [link] }]),
		...(width === undefined ? [] : [{ id: 'custom.width', value: width }]),
	];
}
