import type { ApiSeries } from '../../test/real/apiSeries.ts';
import type { BoardPanel } from '../../test/grafana/board.ts';

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

/** A picture: panels where they stand on their board. Times in seconds. */
export interface Drawing {
	readonly panels: readonly AnsweredPanel[];
	readonly from: number;
	readonly to: number;
	readonly step: number;
}
