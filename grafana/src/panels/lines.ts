import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import {
	LegendDisplayMode,
	LegendPlacement,
	SortOrder,
	StackingConfigBuilder,
	StackingMode,
	TooltipDisplayMode,
	VisibilityMode,
	VizLegendOptionsBuilder,
	VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { overTime } from '../query.ts';
import { dress, type Words } from './dress.ts';

/** A query and what its series are called. */
export interface Line {
	readonly query: string;
	readonly legend: string;
}

export interface LinesWords extends Words {
	readonly unit: string;
	readonly lines: readonly Line[];
	/** The parts add up to something. */
	readonly stacked?: boolean;
	/** The values can be below 0. */
	readonly signed?: boolean;
	readonly max?: number;
	/** At most so many points: fewer where each rests on the series of many nodes. */
	readonly points?: number;
	/** What the legend shows beside names. */
	readonly calcs?: readonly string[];
	readonly legend?: 'right' | 'bottom';
}

/** Points of a panel about many nodes. */
export const fewPoints = 120;

/** Fewer points than scrapes would be made up, more would be the same twice. */
export const leastInterval = '30s';

/** The legend of everything that has a time axis. */
export function legendOf(place: 'right' | 'bottom', calcs: readonly string[]): VizLegendOptionsBuilder {
	const legend = new VizLegendOptionsBuilder()
		.showLegend(true)
		.displayMode(calcs.length > 0 ? LegendDisplayMode.Table : LegendDisplayMode.List)
		.placement(place === 'right' ? LegendPlacement.Right : LegendPlacement.Bottom)
		.calcs([...calcs]);
	// The greatest first; what has no greatest keeps the order of the queries.
	return calcs.includes('max') ? legend.sortBy('Max').sortDesc(true) : legend;
}

/** Numbers over time. */
export function lines(words: LinesWords): PanelBuilder {
	const { unit, stacked = false, signed = false, max, legend = 'right' } = words;
	const calcs = words.calcs ?? (legend === 'right' ? ['lastNotNull', 'max'] : []);
	const panel = dress(new PanelBuilder(), words)
		.targets(words.lines.map((line, index) => overTime(line.query, index, line.legend)))
		.interval(leastInterval)
		.maxDataPoints(words.points ?? 400)
		.unit(unit)
		.colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
		.lineWidth(1)
		.fillOpacity(stacked ? 40 : 8)
		.showPoints(VisibilityMode.Never)
		.legend(legendOf(legend, calcs))
		.tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
	if (!signed) panel.min(0);
	if (stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
	return max === undefined ? panel : panel.max(max);
}
