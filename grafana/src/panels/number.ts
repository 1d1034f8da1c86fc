import {
	FieldColorBuilder,
	FieldColorModeId,
	type Threshold,
	type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import {
	BigValueColorMode,
	BigValueGraphMode,
	BigValueTextMode,
	ReduceDataOptionsBuilder,
	VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { mappings, thresholdsOf } from '../palette.ts';
import { now } from '../query.ts';
import { dress, type Words } from './dress.ts';
import type { Line } from './lines.ts';

export interface NumberWords extends Words {
	readonly unit?: string;
	readonly lines: readonly Line[];
	readonly steps: readonly Threshold[];
	readonly meanings?: readonly ValueMapping[];
	/** The names of the series stand beside their values. */
	readonly named?: boolean;
}

/** One number, or a few, in the colour of what they mean. */
export function number(words: NumberWords): PanelBuilder {
	const { unit = 'short', meanings = mappings('unknown'), named = false } = words;
	return dress(new PanelBuilder(), { noValue: 'no agent tells', ...words })
		.targets(words.lines.map((line, index) => now(line.query, index, line.legend)))
		.unit(unit)
		.mappings([...meanings])
		.thresholds(thresholdsOf([...words.steps]))
		.colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
		.reduceOptions(new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields(''))
		.colorMode(BigValueColorMode.Background)
		.graphMode(BigValueGraphMode.None)
		.textMode(named ? BigValueTextMode.ValueAndName : BigValueTextMode.Value)
		.orientation(VizOrientation.Auto);
}
