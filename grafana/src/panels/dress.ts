import type { PanelBuilder as BarGauge } from '@grafana/grafana-foundation-sdk/bargauge';
import type { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import type { PanelBuilder as StateTimeline } from '@grafana/grafana-foundation-sdk/statetimeline';
import type { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import type { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { datasource } from '../datasource.ts';

/** Any panel of the boards. */
export type AnyPanel = BarGauge | Stat | StateTimeline | Table | TimeSeries;

/** What every panel has. */
export interface Words {
	/** A question that the panel answers. */
	readonly title: string;
	/** How the answer is to be read and what it rests on. */
	readonly description: string;
	/** Of 24 columns. */
	readonly width: number;
	/** In units of Grafana's grid, 30 pixels each. */
	readonly height: number;
	/** What stands there when Prometheus knows nothing at all. */
	readonly noValue?: string;
}

/** Nothing at all is never good news: it says that nobody looks. */
export const nobodyLooks = 'No agent tells: is it running, is it scraped?';

/** Puts the words on a panel. */
export function dress<Panel extends AnyPanel>(panel: Panel, words: Words): Panel {
	const { title, description, width, height, noValue = nobodyLooks } = words;
	panel.title(title).description(description).datasource(datasource).span(width).height(height).noValue(noValue);
	return panel;
}
