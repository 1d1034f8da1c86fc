import type { Exposition } from './accept.ts';
import type { Family, Series } from './family.ts';
import { labelValue } from './labelValue.ts';
import type { Chunk } from './sheet.ts';

/** The content type of each form. */
export const contentTypes: Readonly<Record<Exposition, string>> = {
	prometheus: 'text/plain; version=0.0.4; charset=utf-8',
	openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/** What follows the last family of each form. */
export const endings: Readonly<Record<Exposition, string>> = { prometheus: '', openmetrics: '# EOF\n' };

/**
 * The two lines above a family's series: text format 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format) or OpenMetrics 1.0.0
 * (https://prometheus.io/docs/specs/om/open_metrics_spec/), where a counter's family is named without `_total`.
 */
export function headOf({ name, type, help }: Family, exposition: Exposition): string {
	const open = exposition === 'openmetrics';
	const called = open && type === 'counter' ? name.replace(/_total$/, '') : name;
	const said = help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
	return `# HELP ${called} ${open ? said.replaceAll('"', '\\"') : said}\n# TYPE ${called} ${type}\n`;
}

/**
 * A line for each series, the same in both forms; undefined without any. Values that are not finite say nothing and are
 * left out. `common`: the labels that all series have, written by `labelText`.
 */
export function chunkOf(family: Family, series: readonly Series[], common: string): Chunk | undefined {
	const { name, labels: names } = family;
	const lines: string[] = [];
	// Plain loops: this runs for every series of a registry that changed, and what is timed meanwhile waits.
	for (const { labels, value } of series) {
		if (!Number.isFinite(value)) continue;
		let line = `${name}{${common}`;
		for (const label of names) line += `,${labelText(label, labels[label] ?? '')}`;
		lines.push(`${line}} ${written(value)}\n`);
	}
	return lines.length > 0 ? { text: lines.join(''), series: lines.length } : undefined;
}

/** `name="value"`, the value bounded, without control characters, and escaped. */
export function labelText(name: string, value: string): string {
	return needsNothing.test(value) ? `${name}="${value}"` : `${name}="${escaped(labelValue(value))}"`;
}

const needsNothing = /^[ !#-[\]-~]{0,200}$/;

function escaped(value: string): string {
	return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

/** Durations are told to the microsecond: more digits say nothing and weigh a tenth of a scrape. */
function written(value: number): string {
	return String(Number.isInteger(value) ? value : Math.round(value * 1e6) / 1e6);
}
