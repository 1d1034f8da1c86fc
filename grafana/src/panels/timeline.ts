import { FieldColorBuilder, FieldColorModeId, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { VisibilityMode } from '@grafana/grafana-foundation-sdk/common';
import { thresholds, thresholdsOf } from '../palette.ts';
import { overTime } from '../query.ts';
import { dress, type Words } from './dress.ts';
import { leastInterval, legendOf, type Line } from './lines.ts';

export interface TimelineWords extends Words {
	readonly lines: readonly Line[];
	/** What the numbers mean. */
	readonly meanings: readonly ValueMapping[];
}

/** States over time, a row for each series, in the order of the queries. */
export function timeline(words: TimelineWords): PanelBuilder {
	return dress(new PanelBuilder(), words)
		.targets(words.lines.map((line, index) => overTime(line.query, index, line.legend)))
		.interval(leastInterval)
		.mappings([...words.meanings])
		.thresholds(thresholdsOf(thresholds()))
		.colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
		.mergeValues(true)
		.showValue(VisibilityMode.Never)
		.rowHeight(0.8)
		.lineWidth(0)
		.fillOpacity(80)
		.legend(legendOf('bottom', []));
}
