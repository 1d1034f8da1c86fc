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
	const shared = cleaned(common);
	for (const one of filled) add(registry, one, shared);
	return { contentType: registry.contentType, body: await registry.metrics() };
}

function add(
	registry: Registry<RegistryContentType>,
	{ family, series }: Filled,
	common: Readonly<Record<string, string>>,
): void {
	const { name, help, type } = family;
	const labelNames = [...Object.keys(common), ...family.labels];
	const settings = { name, help, labelNames, registers: [registry] };
	if (type === 'gauge') {
		const gauge = new Gauge(settings);
		for (const { labels, value } of series) gauge.set({ ...common, ...cleaned(labels) }, value);
	} else {
		const counter = new Counter(settings);
		for (const { labels, value } of series) counter.inc({ ...common, ...cleaned(labels) }, value);
	}
}

function cleaned(labels: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, labelValue(value)]));
}
