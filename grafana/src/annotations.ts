import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { datasource } from './datasource.ts';
import { colors } from './palette.ts';

/** Marks on everything with a time axis: from here on pulls failed, or came again. `pullSuccess` is a bare selector. */
export function verdictChanges(pullSuccess: string): AnnotationQueryBuilder[] {
	const became = (value: 0 | 1) => {
		const by = 'min by (cluster, node, registry)';
		const before = `${by} (${pullSuccess} offset $__interval) == ${1 - value}`;
		return `count by (registry) (${by} (${pullSuccess}) == ${value} and ${before})`;
	};
	return [mark('Pulls begin to fail', became(0), colors.bad), mark('Pulls succeed again', became(1), colors.good)];
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
