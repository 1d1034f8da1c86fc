import { alerts } from '../monitoring/groups.ts';
import { anchorOf } from './table.ts';

/** The alerts that somebody is woken for, each leading to its section. */
export function criticalAlerts(): string {
	const links = alerts
		.filter(({ severity }) => severity === 'critical')
		.map(({ alert }) => `[${alert}](alerts.md#${anchorOf(alert)})`);
	return `Critical, for which somebody is woken at once: ${links.join(', ')}.`;
}
