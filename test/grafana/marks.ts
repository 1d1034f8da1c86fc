import type { ApiSeries } from '../real/apiSeries.ts';

/** A mark on everything with a time axis. Times in seconds. */
export interface Mark {
	readonly from: number;
	/** The same where it is a moment. */
	readonly to: number;
	/** What its series are told apart by. */
	readonly labels: Readonly<Record<string, string>>;
}

/**
 * The marks that Grafana's data source for Prometheus makes of the answer to a query in steps of so many seconds: a value
 * above 0 is one, and those of the same series that follow each other are one together.
 */
export function marksOf(series: readonly ApiSeries[], step: number): readonly Mark[] {
	return series.flatMap(({ metric, values = [] }) => {
		const marks: Mark[] = [];
		for (const [at, value] of values) {
			if (!(Number(value) > 0)) continue;
			const last = marks.at(-1);
			if (last && at - last.to <= step) marks.splice(-1, 1, { ...last, to: at });
			else marks.push({ from: at, to: at, labels: metric });
		}
		return marks;
	});
}
