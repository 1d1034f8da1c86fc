import { broken, brokenFor } from '../broken.ts';
import { toNode, toRunbook } from '../links.ts';
import { failingShare, neutral, noneIsGood, pullMappings, verdictMappings } from '../palette.ts';
import { bars } from '../panels/bars.ts';
import type { AnyPanel } from '../panels/dress.ts';
import { fewPoints, lines } from '../panels/lines.ts';
import { number } from '../panels/number.ts';
import { table } from '../panels/table.ts';
import { everyNode, inZone, oneRegistry, zoned } from '../promql.ts';
import { failing, failingBySource, failingByZone, verdict } from '../verdict.ts';

const zonedNodes = zoned(everyNode);
const pulls = zonedNodes('pull_success', oneRegistry);

/** Who cannot pull from it. */
export function standing(): AnyPanel[] {
	return [...numbers(), zones(), addresses(), nodes(), history()];
}

function numbers(): AnyPanel[] {
	const size = { width: 6, height: 4 };
	return [
		number({
			title: 'Is it us, a zone, an address, or them?',
			description: 'The worst of the chosen clusters.',
			...size,
			lines: [{ query: `max(${verdict(pulls, everyNode)})`, legend: 'verdict' }],
			steps: neutral,
			meanings: verdictMappings,
		}),
		number({
			title: 'How many nodes cannot pull?',
			description: 'Nodes on which a pull from this registry would fail now.',
			...size,
			lines: [{ query: `sum(${failing(pulls)})`, legend: 'nodes' }],
			steps: noneIsGood,
		}),
		number({
			title: 'What share of nodes is that?',
			description: 'Of those whose result is known.',
			...size,
			unit: 'percentunit',
			lines: [{ query: `avg(${failing(pulls)})`, legend: 'nodes' }],
			steps: failingShare,
		}),
		number({
			title: 'How many lost a mirror or host?',
			description: 'Nodes on which a pull would succeed though one of its hosts does not.',
			...size,
			lines: [
				{
					query: `sum(min by (cluster, node) (${pulls}) * (1 - min by (cluster, node) (${zonedNodes('success', oneRegistry)})))`,
					legend: 'nodes',
				},
			],
			steps: noneIsGood,
		}),
	];
}

function zones(): AnyPanel {
	return bars({
		title: 'Does one zone fail more?',
		description: 'The share of its nodes that cannot pull. Zones with one node alone are left out.',
		width: 5,
		height: 8,
		unit: 'percentunit',
		max: 1,
		noValue: 'No zone with two nodes or more is known.',
		lines: [{ query: `sort_desc(max by (zone) (${failingByZone(pulls, everyNode)}))`, legend: '{{zone}}' }],
		steps: failingShare,
	});
}

function addresses(): AnyPanel {
	return bars({
		title: 'Does one address fail more?',
		description: 'The share of nodes that cannot pull, by the identity that the registry counts them by.',
		width: 5,
		height: 8,
		unit: 'percentunit',
		max: 1,
		noValue: 'This registry does not say whom it counts two nodes or more by.',
		lines: [{ query: `sort_desc(max by (source) (${failingBySource(pulls, everyNode)}))`, legend: '{{source}}' }],
		steps: failingShare,
	});
}

function nodes(): AnyPanel {
	const place = 'cluster, node, registry';
	const broke = broken(zonedNodes, oneRegistry);
	return table({
		title: 'Which nodes meet a fault, and where?',
		description:
			'One row for each stage that the last attempt broke in, with the host that is to blame. Pulls may go on where only a mirror is broken.',
		width: 14,
		height: 8,
		queries: [
			broke,
			`min by (${place}) (${pulls}) * on (${place}) group_right () (${broke})`,
			brokenFor(zonedNodes, oneRegistry),
		],
		columns: [
			{ of: 'cluster', title: 'Cluster', width: 100 },
			{ of: 'node', title: 'Node', link: toNode() },
			{ of: 1, title: 'Pull', meanings: pullMappings, width: 70 },
			{ of: 'role', title: 'Role', width: 70 },
			{ of: 'stage', title: 'Stage', width: 80 },
			{ of: 'reason', title: 'Reason', link: toRunbook() },
			{ of: 'peer', title: 'To blame' },
			{ of: 2, title: 'Since', unit: 'dtdurations', decimals: 0, width: 120 },
		],
		sortBy: 'Pull',
	});
}

function history(): AnyPanel {
	const failures = inZone(`increase(${everyNode('failures_total', oneRegistry)}[$__rate_interval])`, everyNode);
	return lines({
		title: 'Where and since when do attempts break?',
		description: 'Attempts that broke, by role and stage, over all nodes; also those between two scrapes.',
		width: 24,
		height: 7,
		unit: 'short',
		stacked: true,
		points: fewPoints,
		lines: [{ query: `sum by (role, stage) (${failures})`, legend: '{{role}} {{stage}}' }],
	});
}
