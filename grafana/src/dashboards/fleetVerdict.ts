import { toRegistry } from '../links.ts';
import { colors, failingShare, noneIsGood, thresholds, verdictMappings } from '../palette.ts';
import type { AnyPanel } from '../panels/dress.ts';
import { matrix } from '../panels/matrix.ts';
import { number } from '../panels/number.ts';
import { table } from '../panels/table.ts';
import { chosenNodes, chosenRegistries, inZone, zoned } from '../promql.ts';
import { failing, failingBySource, failingByZone, verdict as verdictOf } from '../verdict.ts';

const pulls = zoned(chosenNodes)('pull_success', chosenRegistries);

/** The answer that everything else explains. */
export function verdict(): AnyPanel {
	const byRegistry = (aggregation: string, of: string) => `${aggregation} by (cluster, registry) (${of})`;
	return table({
		title: 'Is it us, a zone, an address, or them?',
		description:
			'For each registry: who cannot pull. A zone or an egress address, where more than half of its nodes fail (two at least) and less than half of the others; everyone, where more than half of all nodes fail; else nodes alone, many of them from five and one in twenty on.',
		width: 14,
		height: 8,
		queries: [
			verdictOf(pulls, chosenNodes),
			byRegistry('sum', failing(pulls)),
			byRegistry('count', failing(pulls)),
			byRegistry('avg', failing(pulls)),
		],
		columns: [
			{ of: 'cluster', title: 'Cluster', width: 120 },
			{ of: 'registry', title: 'Registry', link: toRegistry() },
			{ of: 0, title: 'Who is it?', meanings: verdictMappings, width: 220 },
			{ of: 1, title: 'Nodes that fail', width: 120 },
			{ of: 2, title: 'of', width: 70 },
			{ of: 3, title: 'Share', unit: 'percentunit', decimals: 0, steps: failingShare, width: 80 },
		],
		sortBy: 'Share',
		descending: true,
	});
}

/** The whole fleet in four numbers. */
export function whole(): AnyPanel[] {
	const size = { width: 5, height: 4 };
	const someoneFails = `max by (cluster, node) (${failing(pulls)})`;
	const wanted = `group by (cluster, node, registry) (${zoned(chosenNodes)('target_info', chosenRegistries)})`;
	const spoke = `group by (cluster, node) (present_over_time(${chosenNodes('build_info')}[1h]))`;
	const speaks = `group by (cluster, node) (${chosenNodes('build_info')})`;
	return [
		number({
			title: 'How many nodes cannot pull?',
			description: 'Nodes on which a pull from at least one of the chosen registries would fail now.',
			...size,
			lines: [{ query: `sum(${someoneFails})`, legend: 'nodes' }],
			steps: noneIsGood,
		}),
		number({
			title: 'How many agents fell silent?',
			description:
				'Nodes whose agent was scraped within the last hour and is not now. A node that was removed counts for an hour.',
			...size,
			lines: [{ query: `count(${spoke} unless ${speaks}) or 0 * count(${spoke})`, legend: 'agents' }],
			steps: noneIsGood,
		}),
		number({
			title: 'What does nobody know?',
			description: 'Pairs of node and registry that are probed, but whose last result is missing or too old to count.',
			...size,
			lines: [{ query: `count(${wanted} unless ${failing(pulls)}) or 0 * count(${wanted})`, legend: 'pairs' }],
			steps: thresholds([0, colors.good], [1, colors.warn]),
		}),
		number({
			title: 'How many nodes are asked?',
			description: 'Nodes whose agent is scraped now.',
			...size,
			lines: [{ query: `count(${inZone(speaks, chosenNodes)})`, legend: 'nodes' }],
			steps: thresholds([0, colors.bad], [1, colors.info]),
		}),
	];
}

/** Zones and addresses beside each other. */
export function places(): AnyPanel[] {
	const shares = {
		width: 12,
		height: 7,
		columns: 'registry',
		first: 'highest',
		unit: 'percentunit',
		steps: failingShare,
	} as const;
	return [
		matrix({
			title: 'Does one zone fail more than the others?',
			description:
				'The share of its nodes that cannot pull. Zones with one node alone are left out, and so are nodes whose zone is not known.',
			...shares,
			query: `max by (zone, registry) (${failingByZone(pulls, chosenNodes)})`,
			rows: { label: 'zone', title: 'Zone' },
			noValue: 'No zone with two nodes or more is known: agents learn zones from the Kubernetes API.',
		}),
		matrix({
			title: 'Does one egress address fail more than the others?',
			description:
				'The share of nodes that cannot pull, by the identity that the registry counts them by. Only registries that say it (Docker Hub does) are here.',
			...shares,
			query: `max by (source, registry) (${failingBySource(pulls, chosenNodes)})`,
			rows: { label: 'source', title: 'Address' },
			noValue: 'No registry tells whom it counts two nodes or more by.',
		}),
	];
}
