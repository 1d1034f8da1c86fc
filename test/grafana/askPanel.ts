import type { ApiSeries } from '../real/apiSeries.ts';
import { askPrometheus, seriesNow } from '../real/prometheus.ts';
import type { Target } from './board.ts';
import { type Choice, interpolate } from './interpolate.ts';

/** Seconds that a board looks back, and between two points. */
const range = { length: 60, step: 5 };

/** What a Prometheus answers to a query of a panel: now, or over the last minute where the panel asks for a time. */
export async function askPanel(port: number, { expr, instant }: Target, choice: Choice): Promise<readonly ApiSeries[]> {
	const query = interpolate(expr, choice);
	if (instant === true) return seriesNow(port, query);
	const now = Date.now() / 1000;
	const time = { start: String(now - range.length), end: String(now), step: String(range.step) };
	const data = (await askPrometheus(port, 'query_range', { query, ...time })) as {
		readonly result: readonly ApiSeries[];
	};
	return data.result;
}
