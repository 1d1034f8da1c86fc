import { alerts } from '../../build/monitoring/groups.ts';

/** The queries that are asked when the texts of alerts are made, with a value for each label of the alert. */
export function templateQueries(): readonly string[] {
	const texts = alerts.flatMap(({ summary, description, runbook = '' }) => [summary, description, runbook]);
	const found = texts.flatMap((text) => [...text.matchAll(/printf `([^`]+)`/g)].map(([, query = '']) => query));
	return [...new Set(found.map((query) => query.replace(/%(?:\[\d\])?q/g, '"a"')))];
}
