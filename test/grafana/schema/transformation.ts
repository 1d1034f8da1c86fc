/**
 * The transformations that the boards use. The SDK leaves their options open: these are those of `@grafana/data` 13, which
 * draws the pictures (https://grafana.com/docs/grafana/latest/panels-visualizations/query-transform-data/transform-data/).
 */
export type Transformation =
	| { readonly id: 'filterFieldsByName'; readonly options: { readonly include: { readonly names: readonly string[] } } }
	| { readonly id: 'merge'; readonly options: Readonly<Record<string, never>> }
	| { readonly id: 'sortBy'; readonly options: SortBy }
	| { readonly id: 'groupingToMatrix'; readonly options: GroupingToMatrix }
	| { readonly id: 'organize'; readonly options: Organize };

interface SortBy {
	readonly fields: Readonly<Record<string, never>>;
	readonly sort: readonly { readonly field: string; readonly desc: boolean }[];
}

interface GroupingToMatrix {
	readonly rowField: string;
	readonly columnField: string;
	readonly valueField: string;
	readonly emptyValue: 'empty' | 'false' | 'null' | 'true' | 'zero';
}

interface Organize {
	readonly excludeByName: Readonly<Record<string, boolean>>;
	readonly indexByName: Readonly<Record<string, number>>;
	readonly renameByName: Readonly<Record<string, string>>;
}
