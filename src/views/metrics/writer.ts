import { Counter, Gauge, Registry } from 'prom-client';

import type { Family, Series } from './family.ts';
import { labelValue } from './labelValue.ts';
import type { Chunk } from './sheet.ts';

/** Labels that all series have. */
export type CommonLabels = Readonly<Record<string, string>>;

/**
 * Writes series with prom-client, always in the text format: a line is the same in OpenMetrics. Its metrics hold values
 * only while they are written, so that no series outlives its target.
 */
export class Writer {
	readonly #registry = new Registry();
	readonly #common: CommonLabels;
	readonly #metrics = new Map<string, Gauge | Counter>();

	constructor(common: CommonLabels) {
		this.#common = labelled({}, Object.keys(common), common);
	}

	/** A line for each series; undefined without any. Values that are not finite say nothing and are left out. */
	async chunkOf(family: Family, series: readonly Series[]): Promise<Chunk | undefined> {
		const metric = this.#metricOf(family);
		metric.reset();
		let written = 0;
		// A plain loop: this runs for every series of a registry that changed, and what is timed meanwhile waits.
		for (const { labels, value } of series) {
			if (!Number.isFinite(value)) continue;
			const all = labelled(this.#common, family.labels, labels);
			if (metric instanceof Gauge) metric.set(all, rounded(value));
			else metric.inc(all, value);
			written += 1;
		}
		if (written === 0) return undefined;
		// prom-client takes the values at once; another writing may follow before the text is there.
		const text = await this.#registry.getSingleMetricAsString(family.name);
		return { text: withoutHead(text), series: written };
	}

	#metricOf({ name, type, help, labels }: Family): Gauge | Counter {
		const known = this.#metrics.get(name);
		if (known) return known;
		const labelNames = [...Object.keys(this.#common), ...labels];
		const settings = { name, help, labelNames, registers: [this.#registry] };
		const metric = type === 'gauge' ? new Gauge(settings) : new Counter(settings);
		this.#metrics.set(name, metric);
		return metric;
	}
}

function labelled(common: CommonLabels, names: readonly string[], labels: CommonLabels): Record<string, string> {
	const all: Record<string, string> = { ...common };
	for (const name of names) all[name] = labelValue(labels[name] ?? '');
	return all;
}

/** Durations are told to the microsecond: more digits say nothing and weigh a tenth of a scrape. */
function rounded(value: number): number {
	return Number.isInteger(value) ? value : Math.round(value * 1e6) / 1e6;
}

/** Without the lines of HELP and TYPE, which differ between the forms. */
function withoutHead(text: string): string {
	const type = text.indexOf('\n') + 1;
	return `${text.slice(text.indexOf('\n', type) + 1)}\n`;
}
