import type { Options as BarGauge } from '@grafana/grafana-foundation-sdk/bargauge';
import type * as sdk from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Options as Stat } from '@grafana/grafana-foundation-sdk/stat';
import type {
	FieldConfig as StateTimelineField,
	Options as StateTimeline,
} from '@grafana/grafana-foundation-sdk/statetimeline';
import type { FieldConfig as TableField, Options as Table } from '@grafana/grafana-foundation-sdk/table';
import type { FieldConfig as TimeSeriesField, Options as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Json } from './json.ts';
import type { Transformation } from './transformation.ts';

/** A board as its file may be: what the SDK's schema allows, with the options of the panels that the boards are made of. */
export interface BoardSchema extends Json<Omit<sdk.Dashboard, 'panels' | 'templating' | 'annotations' | 'snapshot'>> {
	readonly uid: string;
	readonly title: string;
	readonly panels: readonly (Panel | Row)[];
	readonly templating: { readonly list: readonly Variable[] };
	readonly annotations: { readonly list: readonly Annotation[] };
}

type Panel =
	| PanelOf<'bargauge', BarGauge, Nothing>
	| PanelOf<'stat', Stat, Nothing>
	| PanelOf<'state-timeline', StateTimeline, StateTimelineField>
	| PanelOf<'table', Table, TableField>
	| PanelOf<'timeseries', TimeSeries, TimeSeriesField>;

/** These panels have no settings of their own for fields. */
type Nothing = Readonly<Record<string, never>>;

/** What the SDK leaves open, or has for panels of every type. */
type OpenInPanels = 'type' | 'options' | 'fieldConfig' | 'targets' | 'transformations' | 'datasource';

interface PanelOf<Type extends string, Options, Custom> extends Json<Omit<sdk.Panel, OpenInPanels>> {
	readonly type: Type;
	readonly id: number;
	readonly title: string;
	readonly description: string;
	readonly gridPos: Json<sdk.GridPos>;
	readonly datasource: Prometheus;
	readonly options: Json<Options>;
	readonly fieldConfig: {
		readonly defaults: Json<Omit<sdk.FieldConfig, 'custom' | 'links'>> & { readonly custom?: Json<Custom> };
		readonly overrides: readonly Override<Custom>[];
	};
	readonly targets: readonly Target[];
	readonly transformations?: readonly Transformation[];
}

interface Row extends Json<Omit<sdk.RowPanel, 'panels'>> {
	readonly title: string;
	readonly panels: readonly [];
}

/** Any Prometheus: that the one is meant which was chosen is another test's. */
interface Prometheus {
	readonly type: 'prometheus';
	readonly uid: string;
}

interface Target extends Json<Omit<Dataquery, '_implementsDataqueryVariant' | 'datasource'>> {
	readonly refId: string;
	readonly datasource: Prometheus;
}

interface Override<Custom> {
	readonly matcher: { readonly id: 'byName' | 'byRegexp'; readonly options: string };
	readonly properties: readonly (
		| Property<Omit<sdk.FieldConfig, 'custom' | 'links'>, ''>
		| Property<Custom, 'custom.'>
		| Links
	)[];
}

type Property<Of, Prefix extends string> = {
	[Key in keyof Of & string]-?: { readonly id: `${Prefix}${Key}`; readonly value: Json<NonNullable<Of[Key]>> };
}[keyof Of & string];

/** The SDK has the links of a whole board in their place. */
interface Links {
	readonly id: 'links';
	readonly value: readonly { readonly title: string; readonly url: string; readonly targetBlank?: boolean }[];
}

type Variable = Json<Omit<sdk.VariableModel, 'type' | 'query'>> & Asks;

/** https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/ */
type Asks =
	| { readonly type: 'constant'; readonly query: string }
	| { readonly type: 'datasource'; readonly query: 'prometheus' }
	| {
			readonly type: 'query';
			readonly query: { readonly qryType: 1; readonly query: string; readonly refId: string };
			readonly definition: string;
			readonly datasource: Prometheus;
	  };

interface Annotation extends Json<Omit<sdk.AnnotationQuery, 'target' | 'datasource'>> {
	readonly expr: string;
	readonly step: string;
	readonly datasource: Prometheus;
}
