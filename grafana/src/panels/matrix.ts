import type { Threshold, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { neutral, thresholdsOf } from '../palette.ts';
import { rows as asRows } from '../query.ts';
import { type Link, propertiesOf } from './column.ts';
import { dress, type Words } from './dress.ts';

export interface MatrixWords extends Words {
	/** One value for each pair of the two labels. */
	readonly query: string;
	readonly rows: { readonly label: string; readonly title: string; readonly link?: Link };
	readonly columns: string;
	/** Rows and columns with the lowest values first, or with the highest. */
	readonly first: 'lowest' | 'highest';
	readonly unit?: string;
	readonly meanings?: readonly ValueMapping[];
	readonly steps?: readonly Threshold[];
}

/** One label against another, worst first. */
export function matrix(words: MatrixWords): PanelBuilder {
	const { query, rows, columns, first, unit, meanings, steps } = words;
	// What groupingToMatrix calls the column of the rows' names.
	const corner = `${rows.label}\\${columns}`;
	const cells = {
		...(unit !== undefined && { unit }),
		...(meanings && { meanings }),
		...(steps && { steps }),
	};
	return dress(new PanelBuilder(), words)
		.targets([asRows(query, 0)])
		.transformations([
			{ id: 'sortBy', options: { fields: {}, sort: [{ field: 'Value', desc: first === 'highest' }] } },
			{
				id: 'groupingToMatrix',
				options: { rowField: rows.label, columnField: columns, valueField: 'Value', emptyValue: 'null' },
			},
			{ id: 'organize', options: { excludeByName: {}, indexByName: {}, renameByName: { [corner]: rows.title } } },
		])
		.thresholds(thresholdsOf([...(steps ?? neutral)]))
		.withOverride({ matcher: { id: 'byRegexp', options: `^(?!${rows.title}$).*` }, properties: propertiesOf(cells) })
		.overrideByName(rows.title, propertiesOf({ ...(rows.link && { link: rows.link }), width: 220 }));
}
