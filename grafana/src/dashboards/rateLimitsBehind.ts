import { toNode } from '../links.ts';
import { colors, mappings, noneIsGood } from '../palette.ts';
import { bars } from '../panels/bars.ts';
import type { AnyPanel } from '../panels/dress.ts';
import { table } from '../panels/table.ts';
import { chosenRegistries, everyNode, orNone } from '../promql.ts';

const states = mappings(
	'unknown',
	[0, 'exhausted', colors.bad],
	[1, 'limited', colors.warn],
	[2, 'not limited, or not told', colors.good],
);

/** The nodes of each identity, and what the agents themselves hold back. */
export function behind(): AnyPanel[] {
	const of = (metric: string, ...more: readonly string[]) => everyNode(metric, chosenRegistries, ...more);
	const is = (state: string) => `max by (cluster, node, registry) (${of('ratelimit_state', `state="${state}"`)})`;
	const sources = `max by (cluster, node, registry, source) (${of('egress_info')})`;
	// Whether it is limited counts 1, whether it is not 2: exhausted is what is left.
	const state = `(${is('limited')} + 2 * ${is('unlimited_or_unknown')})`;
	const paused = `count by (registry, cause) (group by (cluster, node, registry, cause) (${of('probe_paused')}))`;
	return [
		table({
			title: 'Which nodes share an identity?',
			description: 'The identity that the registry last counted each node by, kept for an hour while its path is down.',
			width: 16,
			height: 9,
			noValue: 'No registry says whom it counts a node by.',
			queries: [`${state} * on (cluster, node, registry) group_right () ${sources}`],
			columns: [
				{ of: 'registry', title: 'Registry' },
				{ of: 'source', title: 'Identity' },
				{ of: 'cluster', title: 'Cluster' },
				{ of: 'node', title: 'Node', link: toNode() },
				{ of: 0, title: 'State', meanings: states, width: 190 },
			],
			sortBy: 'State',
		}),
		bars({
			title: 'What do agents hold back, on how many nodes?',
			description:
				'Parts of the path that are not walked: `floor`, the quota is nearly used up; `retry_after`, the registry asked to wait; `credentials`, the login was rejected.',
			width: 8,
			height: 9,
			unit: 'short',
			lines: [
				{
					query: `sort_desc(${orNone(paused, everyNode, { cause: 'nothing is held back' })})`,
					legend: '{{registry}} {{cause}}',
				},
			],
			steps: noneIsGood,
		}),
	];
}
