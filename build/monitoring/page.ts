import { alerts } from './groups.ts';
import type { Alert } from './rule.ts';

/** Everything of docs/alerts.md after this line is made. */
export const marker = '<!-- The rest is made from build/monitoring: node build/monitoring/main.ts -->';

const silenced =
	'Where one alert silences another, Alertmanager does it, by the inhibition of [`alertmanager.yaml`](../manifests/monitoring/alertmanager.yaml).';

/** The part of docs/alerts.md below the marker. */
export function alertsPage(): string {
	const rows = alerts.map((alert) => `| ${cells(alert).join(' | ')} |`);
	const table = [
		'| alert | one for each | severity | area | after | outlives it by |',
		'|---|---|---|---|---|---|',
		...rows,
	];
	return `${['## All alerts', silenced, table.join('\n'), ...alerts.map(section)].join('\n\n')}\n`;
}

function cells({ alert, by, severity, area, for: wait, keepFiringFor }: Alert): readonly string[] {
	const each = by.length === 0 ? 'cluster' : by.map((label) => `\`${label}\``).join(', ');
	return [`[${alert}](#${alert.toLowerCase()})`, each, severity, area, wait, keepFiringFor];
}

function section({ alert, means, look, silence }: Alert): string {
	return [`### ${alert}`, `**Means:** ${means}`, `**Look first:** ${look}`, `**Silent when:** ${silence}`].join('\n\n');
}
