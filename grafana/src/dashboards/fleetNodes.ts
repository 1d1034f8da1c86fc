import { broken, brokenFor } from '../broken.ts';
import { toNode, toRegistry } from '../links.ts';
import { colors, matrixMappings, pullMappings, thresholds } from '../palette.ts';
import { bars } from '../panels/bars.ts';
import type { AnyPanel } from '../panels/dress.ts';
import { fewPoints, lines } from '../panels/lines.ts';
import { matrix } from '../panels/matrix.ts';
import { table } from '../panels/table.ts';
import { chosenNodes, chosenRegistries, orNone, zoned } from '../promql.ts';

const nodes = zoned(chosenNodes);
const pulls = nodes('pull_success', chosenRegistries);

/** What broke where, in words. */
export function failingNodes(): AnyPanel {
	const place = 'cluster, node, registry';
	const broke = broken(nodes, chosenRegistries);
	const success = `min by (${place}) (${pulls}) * on (${place}) group_right () (${broke})`;
	return table({
		title: 'What is broken, on which node, and which host is to blame?',
		description:
			'One row for each stage that the last attempt broke in. Pulls may go on where only a mirror is broken. Since: since the path through this host last was well.',
		width: 24,
		height: 9,
		queries: [broke, success, brokenFor(nodes, chosenRegistries)],
		columns: [
			{ of: 'cluster', title: 'Cluster', width: 120 },
			{ of: 'node', title: 'Node', link: toNode() },
			{ of: 'registry', title: 'Registry', link: toRegistry() },
			{ of: 1, title: 'Pull', meanings: pullMappings, width: 90 },
			{ of: 'host', title: 'Through' },
			{ of: 'role', title: 'Role', width: 90 },
			{ of: 'stage', title: 'Stage', width: 100 },
			{ of: 'reason', title: 'Reason' },
			{ of: 'peer', title: 'To blame' },
			{ of: 2, title: 'Since', unit: 'dtdurations', decimals: 0, width: 150 },
		],
		sortBy: 'Pull',
	});
}

/** Every node against every registry. */
export function nodesByRegistries(): AnyPanel {
	const by = 'min by (node, registry)';
	const hosts = nodes('success', chosenRegistries);
	return matrix({
		title: 'Which nodes can pull from which registry?',
		description:
			'Would a pull succeed now? "A host fails" is a pull that succeeds though one of its hosts does not: a dead mirror costs time and is gone when the next one fails. Nodes that fail come first. No result: not probed from there, or not for too long.',
		width: 24,
		height: 12,
		query: `${by} (${pulls}) * (1 + (${by} (${hosts}) or ${by} (${pulls})))`,
		rows: { label: 'node', title: 'Node', link: toNode() },
		columns: 'registry',
		first: 'lowest',
		meanings: matrixMappings,
	});
}

/** How it came, and where on the way pulls break. */
export function causes(): AnyPanel[] {
	const failures = nodes('stage_failure', chosenRegistries);
	const reasons = `count by (registry, role, stage, reason) (group by (cluster, node, registry, role, stage, reason) (${failures}))`;
	return [
		lines({
			title: 'Since when do pulls fail?',
			description: 'The share of nodes that cannot pull, by registry.',
			width: 12,
			height: 9,
			unit: 'percentunit',
			max: 1,
			points: fewPoints,
			lines: [{ query: `1 - avg by (registry) (${pulls})`, legend: '{{registry}}' }],
		}),
		bars({
			title: 'Where on the way do they break, and on how many nodes?',
			description: 'Role and stage of what broke, with the reason; the runbook has a section for each reason.',
			width: 12,
			height: 9,
			unit: 'short',
			lines: [
				{
					query: `sort_desc(${orNone(reasons, nodes, { reason: 'nothing is broken' })})`,
					legend: '{{registry}} {{role}} {{stage}} {{reason}}',
				},
			],
			steps: thresholds([0, colors.good], [1, colors.bad]),
		}),
	];
}
