import { type DataFrame, FieldType, toDataFrame } from '@grafana/data';
import type { Answer } from '../drawing.ts';
import type { ApiSeries } from '../../../test/real/apiSeries.ts';

/** What Grafana's own data source for Prometheus makes of answers: a table for each query, or a frame for each series. */
export function framesOf(answers: readonly Answer[], step: number): DataFrame[] {
	return answers.flatMap((answer) =>
		answer.table ? [tableOf(answer, answers.length)] : answer.series.map((series) => frameOf(answer, series, step)),
	);
}

function tableOf({ refId, series }: Answer, queries: number): DataFrame {
	if (series.length === 0) return toDataFrame({ refId, fields: [] });
	const labels = [...new Set(series.flatMap(({ metric }) => Object.keys(metric)))].toSorted();
	const valueName = queries === 1 ? 'Value' : `Value #${refId}`;
	return toDataFrame({
		refId,
		fields: [
			{ name: 'Time', type: FieldType.time, values: series.map(({ value }) => (value?.[0] ?? 0) * 1000), config: {} },
			...labels.map((name) => ({
				name,
				type: FieldType.string,
				values: series.map(({ metric }) => metric[name] ?? ''),
				config: { filterable: true },
			})),
			{ name: valueName, type: FieldType.number, values: series.map(({ value }) => Number(value?.[1])), config: {} },
		],
	});
}

function frameOf({ refId, legend }: Answer, { metric, value, values }: ApiSeries, step: number): DataFrame {
	const points = values ?? (value ? [value] : []);
	const displayNameFromDS = legend.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => metric[label] ?? '').trim();
	const interval = values ? { interval: step * 1000 } : {};
	return toDataFrame({
		refId,
		fields: [
			{ name: 'Time', type: FieldType.time, values: points.map(([at]) => at * 1000), config: interval },
			{
				name: 'Value',
				type: FieldType.number,
				labels: { ...metric },
				values: points.map(([, text]) => Number(text)),
				config: { displayNameFromDS },
			},
		],
	});
}
