import { toNode } from '../links.ts';
import { colors, mappings, noneIsGood, thresholds } from '../palette.ts';
import type { AnyPanel } from '../panels/dress.ts';
import { number } from '../panels/number.ts';
import { table } from '../panels/table.ts';
import { chosenNodes, chosenProcesses } from '../promql.ts';

const speaks = `group by (cluster, node) (${chosenNodes('build_info')})`;
const spoke = `group by (cluster, node) (present_over_time(${chosenNodes('build_info')}[1h]))`;

/** Which agents there are, and which there should be. */
export function running(): AnyPanel[] {
	const size = { width: 5, height: 4 };
	return [
		number({
			title: 'How many agents tell?',
			description: 'Agents that are scraped now.',
			...size,
			lines: [{ query: `count(${speaks})`, legend: 'agents' }],
			steps: thresholds([0, colors.bad], [1, colors.info]),
		}),
		number({
			title: 'How many fell silent?',
			description:
				'Agents that were scraped within the last hour and are not now. A node that was removed counts for an hour.',
			...size,
			lines: [{ query: `count(${spoke} unless ${speaks}) or 0 * count(${spoke})`, legend: 'agents' }],
			steps: noneIsGood,
		}),
		number({
			title: 'Who refused its configuration?',
			description: 'Agents that go on with the configuration before, because the last one could not be used.',
			...size,
			lines: [
				{
					query: `sum(1 - min by (cluster, node) (${chosenNodes('config_last_reload_successful')}))`,
					legend: 'agents',
				},
			],
			steps: noneIsGood,
		}),
		number({
			title: 'Were series left out?',
			description: 'Series that scrapes left out since the agents started, because there were too many.',
			...size,
			lines: [{ query: `sum(${chosenNodes('series_dropped_total')})`, legend: 'series' }],
			steps: noneIsGood,
		}),
		number({
			title: 'How many versions run?',
			description: 'More than one while an update rolls out; for longer it is stuck.',
			width: 4,
			height: 4,
			lines: [{ query: `count(group by (version) (${chosenNodes('build_info')}))`, legend: 'versions' }],
			steps: thresholds([0, colors.good], [2, colors.warn]),
		}),
		agents(),
	];
}

function agents(): AnyPanel {
	const each = (metric: string) => `max by (cluster, node) (${metric})`;
	return table({
		title: 'How is each agent?',
		description:
			'Those with a refused configuration first. Late: how late the agent last was to begin an attempt. Since: since the process started.',
		width: 24,
		height: 9,
		queries: [
			`min by (cluster, node) (${chosenNodes('config_last_reload_successful')})`,
			`max by (cluster, node, version, nodejs) (${chosenNodes('build_info')})`,
			each(chosenNodes('schedule_lag_seconds')),
			each(chosenProcesses('resident_memory_bytes')),
			each(`rate(${chosenProcesses('cpu_seconds_total')}[$__rate_interval])`),
			`time() - ${each(chosenProcesses('start_time_seconds'))}`,
		],
		columns: [
			{ of: 'cluster', title: 'Cluster' },
			{ of: 'node', title: 'Node', link: toNode() },
			{
				of: 0,
				title: 'Configuration',
				meanings: mappings('unknown', [0, 'refused', colors.bad], [1, 'runs', colors.good]),
				width: 120,
			},
			{ of: 'version', title: 'Version', width: 90 },
			{ of: 'nodejs', title: 'Node.js', width: 100 },
			{ of: 2, title: 'Late', unit: 's', steps: thresholds([0, colors.good], [1, colors.warn]), width: 90 },
			{ of: 3, title: 'Memory', unit: 'bytes', width: 100 },
			{ of: 4, title: 'CPU', unit: 'percentunit', decimals: 2, width: 90 },
			{ of: 5, title: 'Since', unit: 'dtdurations', decimals: 0, width: 150 },
		],
		sortBy: 'Configuration',
	});
}
