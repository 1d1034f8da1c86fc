import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { datasource } from './datasource.ts';
import { colors } from './palette.ts';

/** Longer than the step, so that nothing is missed between two of them; marks beside each other become one. */
const window = '2m';

/**
 * Marks on everything with a time axis: from here on pulls failed, or came again. `pullSuccess` is a bare selector. A
 * verdict that goes down is what Prometheus calls a reset; to compare each point with the one before, as series of their
 * own, takes 20 times as long with 1,000 nodes.
 */
export function verdictChanges(pullSuccess: string): AnnotationQueryBuilder[] {
	const [changes, resets] = [`changes(${pullSuccess}[${window}])`, `resets(${pullSuccess}[${window}])`];
	return [
		mark('Pulls begin to fail', `count by (registry) (${resets} > 0)`, colors.bad),
		mark('Pulls succeed again', `count by (registry) (${changes} > ${resets})`, colors.good),
	];
}

function mark(name: string, expression: string, color: string): AnnotationQueryBuilder {
	return new AnnotationQueryBuilder()
		.name(name)
		.datasource(datasource)
		.enable(true)
		.expr(expression)
		.step('60s')
		.iconColor(color)
		.titleFormat(name)
		.textFormat('{{registry}}')
		.tagKeys('registry');
}
