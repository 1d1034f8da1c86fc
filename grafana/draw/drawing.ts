import type { BoardPanel } from '../../test/grafana/board.ts';
import type { Mark } from '../../test/grafana/marks.ts';
import type { ApiSeries } from '../../test/real/apiSeries.ts';

/** What Prometheus answered to one query of a panel. */
export interface Answer {
	readonly refId: string;
	readonly legend: string;
	/** Its series are rows of a table. */
	readonly table: boolean;
	readonly series: readonly ApiSeries[];
}

/** A panel as its file has it, with answers. */
export interface AnsweredPanel {
	readonly panel: BoardPanel;
	readonly answers: readonly Answer[];
}

/** Marks in the colour of their annotation. */
export interface ColoredMark extends Mark {
	/** A name of Grafana's palette. */
	readonly color: string;
}

/** A picture: panels where they stand on their board. Times in seconds. */
export interface Drawing {
	readonly panels: readonly AnsweredPanel[];
	readonly marks: readonly ColoredMark[];
	readonly from: number;
	readonly to: number;
	readonly step: number;
	/** Of the page, in pixels. */
	readonly width: number;
}
