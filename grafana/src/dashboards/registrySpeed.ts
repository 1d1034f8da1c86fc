import { toNode } from '../links.ts';
import { colors, thresholds } from '../palette.ts';
import type { AnyPanel } from '../panels/dress.ts';
import { fewPoints, lines } from '../panels/lines.ts';
import { table } from '../panels/table.ts';
import { everyNode, oneRegistry, zoned } from '../promql.ts';

const of = (metric: string) => zoned(everyNode)(metric, oneRegistry);

/** How long it takes, and how much of it is ours. */
export function speed(): AnyPanel[] {
	const size = { width: 7, height: 8, legend: 'bottom', points: fewPoints } as const;
	const times = of('stage_duration_seconds');
	const slowest = `topk(20, max by (cluster, node, host) (${of('duration_seconds')}))`;
	const rate = of('blob_bytes_per_second');
	return [
		lines({
			title: 'Which stage is slow, on the slowest nodes?',
			description: 'Own time of each stage: one node in twenty is slower than this.',
			...size,
			unit: 's',
			stacked: true,
			lines: [{ query: `quantile by (role, stage) (0.95, ${times})`, legend: '{{role}} {{stage}}' }],
		}),
		table({
			title: 'Which nodes are the slowest?',
			description: 'How long the last attempt took, and how that compares with the middle of all nodes.',
			width: 10,
			height: 8,
			queries: [slowest, `${slowest} / on () group_left () quantile(0.5, ${of('duration_seconds')})`],
			columns: [
				{ of: 'cluster', title: 'Cluster', width: 90 },
				{ of: 'node', title: 'Node', link: toNode() },
				{ of: 'host', title: 'Through' },
				{ of: 0, title: 'Took', unit: 's', width: 80 },
				{
					of: 1,
					title: 'Times the middle',
					decimals: 1,
					steps: thresholds([0, colors.good], [3, colors.warn], [10, colors.bad]),
					width: 140,
				},
			],
			sortBy: 'Took',
			descending: true,
		}),
		lines({
			title: 'How fast do layers come?',
			description:
				'The first bytes of a layer: on the middle of the nodes, and one node in twenty is slower than the lower line.',
			...size,
			unit: 'Bps',
			noValue: 'No layer was read: the blob stage is off, not reached, or reads less than 16 KiB.',
			lines: [
				{ query: `quantile by (host) (0.5, ${rate})`, legend: 'middle · {{host}}' },
				{ query: `quantile by (host) (0.05, ${rate})`, legend: 'slowest of twenty · {{host}}' },
			],
		}),
	];
}
