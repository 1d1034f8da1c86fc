import { FieldColorBuilder, FieldColorModeId, type Threshold } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import {
	BarGaugeDisplayMode,
	BarGaugeValueMode,
	ReduceDataOptionsBuilder,
	VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import { thresholdsOf } from '../palette.ts';
import { now } from '../query.ts';
import { dress, type Words } from './dress.ts';
import type { Line } from './lines.ts';

export interface BarsWords extends Words {
	readonly unit: string;
	readonly lines: readonly Line[];
	readonly steps: readonly Threshold[];
	readonly max?: number;
}

/** Numbers beside each other, as lying bars. The query sorts them. */
export function bars(words: BarsWords): PanelBuilder {
	const panel = dress(new PanelBuilder(), words)
		.targets(words.lines.map((line, index) => now(line.query, index, line.legend)))
		.unit(words.unit)
		.min(0)
		.thresholds(thresholdsOf([...words.steps]))
		.colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
		.reduceOptions(new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields(''))
		.displayMode(BarGaugeDisplayMode.Basic)
		.valueMode(BarGaugeValueMode.Color)
		.showUnfilled(true)
		.orientation(VizOrientation.Horizontal);
	return words.max === undefined ? panel : panel.max(words.max);
}
