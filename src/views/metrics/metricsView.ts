import type { StageDescription } from '../../probe/stage.ts';
import type { StoreReader } from '../../store/store.ts';
import { expositionFor } from './accept.ts';
import { capped, defaultSeriesLimit } from './cap.ts';
import { expose } from './expose.ts';
import { agentFamilies } from './families/agent.ts';
import { attemptFamilies } from './families/attempts.ts';
import { egressInfo } from './families/identity.ts';
import { measureFamilies } from './families/measures.ts';
import { processFamilies } from './families/process.ts';
import { stageFamilies } from './families/stages.ts';
import { verdictFamilies } from './families/verdicts.ts';
import { prefixed, type Family } from './family.ts';

/** What the metrics are made from. */
export interface MetricsOptions {
	readonly store: StoreReader;
	/** Their measures become gauges. */
	readonly stages: readonly StageDescription[];
	/** The value of the label `node`. */
	readonly node: string;
	readonly network: 'host' | 'pod';
	/** The program's version. */
	readonly version: string;
	/** Series that one scrape shows at most. */
	readonly seriesLimit?: number;
	/** The time in milliseconds since the epoch. */
	readonly now?: () => number;
}

/** The metrics as one scrape gets them. */
export interface Rendered {
	readonly contentType: string;
	readonly body: string;
}

export interface MetricsView {
	/** Every metric that can be exported, the most important first. */
	readonly families: readonly Family[];
	/** The store as it is now, in the form that the Accept header prefers. */
	render(accept?: string): Promise<Rendered>;
}

/** The metrics of one agent. Rendering reads the store and never begins a probe. */
export function createMetricsView(options: MetricsOptions): MetricsView {
	const { store, node, network, now = Date.now, seriesLimit = defaultSeriesLimit } = options;
	let dropped = 0;
	const seriesDropped: Family = {
		name: prefixed('series_dropped_total'),
		type: 'counter',
		help: 'Series that scrapes left out because there were too many.',
		labels: [],
		series: () => [{ labels: {}, value: dropped }],
	};
	const own = [...agentFamilies(options.version), ...processFamilies];
	const targets = [...verdictFamilies, ...stageFamilies, ...attemptFamilies, egressInfo];
	const bounded = [...own, ...targets, ...measureFamilies(options.stages)];

	return {
		families: [...bounded, seriesDropped],
		async render(accept) {
			const at = now();
			const scrape = {
				states: store.states(),
				verdicts: store.verdicts(),
				egress: store.egress(at),
				agent: store.agent(),
				now: at,
			};
			const shown = capped(bounded, scrape, seriesLimit - 1);
			dropped += shown.dropped;
			const last = { family: seriesDropped, series: seriesDropped.series(scrape) };
			return expose([...shown.filled, last], { node, network }, expositionFor(accept));
		},
	};
}
