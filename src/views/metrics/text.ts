import type { Exposition } from './accept.ts';
import type { Family } from './family.ts';

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
