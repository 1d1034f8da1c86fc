import { Counter, Gauge, Registry, type RegistryContentType } from 'prom-client';
import type { Exposition } from './accept.ts';
import type { Filled } from './cap.ts';
import { labelValue } from './labelValue.ts';

const contentTypes = {
	prometheus: Registry.PROMETHEUS_CONTENT_TYPE,
	openmetrics: Registry.OPENMETRICS_CONTENT_TYPE,
} as const satisfies Record<Exposition, RegistryContentType>;

/**
 * The exposition of these series, each with the labels in `common`. The prom-client registry lives for one scrape: no
 * series can outlive its target, and prom-client renames a counter for good once it was shown as OpenMetrics.
 */
export async function expose(
	filled: readonly Filled[],
	common: Readonly<Record<string, string>>,
	exposition: Exposition,
): Promise<{ readonly contentType: string; readonly body: string }> {
	const registry = new Registry<RegistryContentType>();
	registry.setContentType(contentTypes[exposition]);
	const shared = labelled({}, Object.keys(common), common);
	for (const one of filled) add(registry, one, shared);
	return { contentType: registry.contentType, body: await registry.metrics() };
}

function add(
	registry: Registry<RegistryContentType>,
	{ family, series }: Filled,
	common: Readonly<Record<string, string>>,
): void {
	const { name, help, type } = family;
	const settings = { name, help, labelNames: [...Object.keys(common), ...family.labels], registers: [registry] };
	if (type === 'gauge') {
		const gauge = new Gauge(settings);
		for (const { labels, value } of series) gauge.set(labelled(common, family.labels, labels), value);
	} else {
		const counter = new Counter(settings);
		for (const { labels, value } of series) counter.inc(labelled(common, family.labels, labels), value);
	}
}

/** A plain loop: this runs for every series of every scrape, and a slow scrape spoils what is being timed meanwhile. */
function labelled(
	common: Readonly<Record<string, string>>,
	names: readonly string[],
	labels: Readonly<Record<string, string>>,
): Record<string, string> {
	const all: Record<string, string> = { ...common };
	for (const name of names) all[name] = labelValue(labels[name] ?? '');
	return all;
}
