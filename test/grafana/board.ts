import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { boards } from '../../grafana/src/boards.ts';

/** As much of a board as tests look at, as its file has it. */
export interface Board {
	readonly uid: string;
	readonly title: string;
	readonly description: string;
	readonly schemaVersion: number;
	readonly panels: readonly BoardPanel[];
	readonly templating: { readonly list: readonly Variable[] };
	readonly annotations: { readonly list: readonly Annotation[] };
	readonly links: readonly { readonly url: string; readonly keepTime: boolean }[];
}

export interface BoardPanel {
	readonly id: number;
	readonly type: string;
	readonly title: string;
	readonly description?: string;
	readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
	readonly repeat?: string;
	readonly datasource?: object;
	readonly targets?: readonly Target[];
	readonly transformations?: readonly { readonly id: string; readonly options: Readonly<Record<string, unknown>> }[];
	readonly fieldConfig?: FieldConfig;
	readonly options?: Readonly<Record<string, unknown>>;
}

export interface FieldConfig {
	readonly defaults: {
		readonly unit?: string;
		readonly noValue?: string;
		readonly thresholds?: { readonly steps: readonly { readonly value: number | null; readonly color: string }[] };
		readonly mappings?: readonly unknown[];
	};
	readonly overrides: readonly {
		readonly matcher: { readonly id: string; readonly options: unknown };
		readonly properties: readonly { readonly id: string; readonly value?: unknown }[];
	}[];
}

export interface Target {
	readonly refId: string;
	readonly expr: string;
	readonly instant?: boolean;
	readonly format?: string;
	readonly legendFormat?: string;
	readonly datasource?: object;
}

export interface Variable {
	readonly name: string;
	readonly type: string;
	readonly query: string | { readonly query: string };
	readonly allValue?: string;
	readonly includeAll?: boolean;
	readonly multi?: boolean;
}

export interface Annotation {
	readonly name: string;
	readonly expr: string;
	readonly iconColor: string;
	readonly datasource?: object;
}

/** The text of a board's file. */
export function fileOf(name: string): string {
	return readFileSync(join(import.meta.dirname, '../../grafana', name), 'utf8');
}

/** The boards by the names of their files, as these have them. */
export const committed: readonly (readonly [file: string, board: Board])[] = Object.keys(boards).map((name) => [
	name,
	JSON.parse(fileOf(name)) as Board,
]);

/** One query of a panel. */
export interface PanelQuery {
	readonly panel: BoardPanel;
	readonly target: Target;
}

export function queriesOf({ panels }: Board): readonly PanelQuery[] {
	return panels.flatMap((panel) => (panel.targets ?? []).map((target) => ({ panel, target })));
}

/** The metric, with its matchers, and the label whose values a variable has; undefined for one that asks nothing. */
export function labelValuesOf({ query }: Variable): { readonly metric: string; readonly label: string } | undefined {
	const text = typeof query === 'string' ? query : query.query;
	const [, metric, label] = /^label_values\((.*), (\w+)\)$/.exec(text) ?? [];
	return metric === undefined || label === undefined ? undefined : { metric, label };
}
