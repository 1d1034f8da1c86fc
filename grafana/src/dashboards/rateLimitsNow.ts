import { colors, mappings, noneIsGood, shareLeft, thresholds } from '../palette.ts';
import type { AnyPanel } from '../panels/dress.ts';
import { number } from '../panels/number.ts';
import { table } from '../panels/table.ts';
import { chosenRegistries, everyNode } from '../promql.ts';
import { quota } from '../quota.ts';

const { limit, left, share, window, emptyIn, nodes } = quota(everyNode, chosenRegistries);
const hour = 3600;
const noQuota = 'No registry tells a quota.';

/** Every quota in one row, and whether any of them is used up. */
export function sources(): AnyPanel[] {
	const states = (state: string) => everyNode('ratelimit_state', chosenRegistries, `state="${state}"`);
	const nodesIn = (state: string) => `sum(max by (cluster, node) (${states(state)}))`;
	const size = { width: 6, height: 4 };
	return [
		table({
			title: 'Which quota runs out, and when?',
			description:
				'One row for each identity that a registry counts: an address, a network, an account. Empty in: at the pace of the last half hour. What is left is as last said within the hour, because a path that fails hides it.',
			width: 18,
			height: 8,
			noValue: noQuota,
			queries: [left, limit, share, emptyIn, window, nodes],
			columns: [
				{ of: 'registry', title: 'Registry' },
				{ of: 'source', title: 'Counted by' },
				{ of: 0, title: 'Left', decimals: 0, width: 80 },
				{ of: 1, title: 'Limit', decimals: 0, width: 80 },
				{ of: 2, title: 'Share left', unit: 'percentunit', decimals: 0, steps: shareLeft, width: 100 },
				{
					of: 3,
					title: 'Empty in',
					unit: 'dtdurations',
					decimals: 0,
					meanings: mappings('unknown', [-1, 'does not go down', colors.good], [0, 'empty now', colors.bad]),
					steps: thresholds([0, colors.bad], [hour, colors.warn], [6 * hour, colors.good]),
					width: 170,
				},
				{ of: 4, title: 'Window', unit: 'dtdurations', decimals: 0, width: 110 },
				{ of: 5, title: 'Nodes', width: 80 },
			],
			sortBy: 'Share left',
		}),
		number({
			title: 'How many nodes have nothing left?',
			description:
				'Nodes that at least one registry would refuse for its quota. The path may still be well: only pulls are refused.',
			...size,
			lines: [{ query: nodesIn('exhausted'), legend: 'nodes' }],
			steps: noneIsGood,
		}),
		number({
			title: 'How many nodes are counted at all?',
			description:
				'Nodes that at least one registry tells a quota. The others are not limited, or the registry does not say.',
			...size,
			lines: [{ query: nodesIn('limited'), legend: 'nodes' }],
			steps: thresholds([0, colors.info]),
		}),
	];
}
