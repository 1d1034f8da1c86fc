import type { StageDescription, Measure } from '../../src/probe/stage.ts';
import type { Store } from '../../src/store/store.ts';
import { createMetricsView, type MetricsOptions, type MetricsView } from '../../src/views/metrics/metricsView.ts';
import { aStore } from '../store/literals.ts';

/** A stage of which only the measures matter. */
export function aStage(name: StageDescription['name'], ...measures: readonly Measure[]): StageDescription {
	return { name, measures };
}

/** A measure that reads one number from a record's facts. */
export function aMeasure(metric: string, labels: readonly string[], fact: string): Measure {
	return {
		metric,
		help: `The fact ${fact}.`,
		labels,
		samples({ facts }) {
			const value = facts?.[fact];
			return typeof value === 'number' ? [{ labels: {}, value }] : [];
		},
	};
}

/** The metrics of a store as the agent on node `n1` shows them. */
export function aView(store: Store = aStore(), changes: Partial<MetricsOptions> = {}): MetricsView {
	return createMetricsView({
		store,
		stages: [],
		node: 'n1',
		network: 'host',
		version: '1.2.3',
		now: () => 1000,
		...changes,
	});
}

/** The series of one metric, without prefix and without the labels that all series have. */
export async function seriesOf(view: MetricsView, metric: string): Promise<readonly string[]> {
	const { body } = await view.render();
	const name = `registry_probe_${metric}{`;
	return body
		.split('\n')
		.filter((line) => line.startsWith(name))
		.map((line) => line.slice(name.length - 1).replace(/node="n1",network="host",?/, ''));
}
