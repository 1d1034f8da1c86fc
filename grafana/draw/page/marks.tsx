import type { UPlotConfigBuilder } from '@grafana/ui';
import { type ReactNode, useLayoutEffect } from 'react';
import type { ColoredMark } from '../drawing.ts';
import { theme } from './fields.ts';

export interface MarksProps {
	readonly marks: readonly ColoredMark[];
	readonly config: UPlotConfigBuilder;
}

/** The colour of a mark, as the theme has it. */
export function inkOf({ color }: ColoredMark): string {
	return theme.visualization.getColorByName(color);
}

/**
 * Marks on a chart: a line where each begins, and a stripe until it ends. Grafana's own are no part of its libraries; a
 * chart of theirs lets others draw on it.
 */
export function Marks({ marks, config }: MarksProps): ReactNode {
	useLayoutEffect(() => {
		config.addHook('draw', (plot) => {
			const { ctx, bbox } = plot;
			ctx.save();
			ctx.setLineDash([4, 3]);
			for (const mark of marks) {
				const [begin, end] = [mark.from, mark.to].map((at) => Math.round(plot.valToPos(at * 1000, 'x', true)));
				if (begin === undefined || end === undefined || begin < bbox.left) continue;
				ctx.strokeStyle = ctx.fillStyle = inkOf(mark);
				ctx.globalAlpha = 0.12;
				ctx.fillRect(begin, bbox.top, Math.min(end, bbox.left + bbox.width) - begin, bbox.height);
				ctx.globalAlpha = 1;
				ctx.beginPath();
				ctx.moveTo(begin, bbox.top);
				ctx.lineTo(begin, bbox.top + bbox.height);
				ctx.stroke();
			}
			ctx.restore();
		});
	}, [config, marks]);
	return null;
}
