import { broken, brokenFor } from '../broken.ts';
import { toNode, toRegistry, toRunbook } from '../links.ts';
import { matrixMappings, noneIsGood, pullMappings } from '../palette.ts';
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
			{ of: 'cluster', title: 'Cluster', width: 110 },
			{ of: 'node', title: 'Node', link: toNode() },
			{ of: 'registry', title: 'Registry', link: toRegistry() },
			{ of: 1, title: 'Pull', meanings: pullMappings, width: 70 },
			{ of: 'role', title: 'Role', width: 80 },
			{ of: 'stage', title: 'Stage', width: 90 },
			{ of: 'reason', title: 'Reason', link: toRunbook() },
			{ of: 'peer', title: 'To blame' },
			{ of: 'host', title: 'Through' },
			{ of: 2, title: 'Since', unit: 'dtdurations', decimals: 0, width: 120 },
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

/** How it came, where on the way pulls break, and which pods notice. */
export function causes(): AnyPanel[] {
	return [history(), breaks(), waiting()];
}

function history(): AnyPanel {
	return lines({
		title: 'Since when do pulls fail?',
		description: 'The share of nodes that cannot pull, by registry.',
		width: 8,
		height: 9,
		unit: 'percentunit',
		max: 1,
		legend: 'bottom',
		points: fewPoints,
		lines: [{ query: `1 - avg by (registry) (${pulls})`, legend: '{{registry}}' }],
	});
}

function breaks(): AnyPanel {
	const failures = nodes('stage_failure', chosenRegistries);
	const once = `group by (cluster, node, registry, role, stage, reason) (${failures})`;
	const counted = `count by (registry, role, stage, reason) (${once})`;
	return table({
		title: 'Where on the way do they break, and on how many nodes?',
		description: 'Role and stage of what broke, with the reason; the runbook has a section for each reason.',
		width: 9,
		height: 9,
		queries: [orNone(counted, nodes, { reason: 'nothing is broken' })],
		columns: [
			{ of: 0, title: 'Nodes', steps: noneIsGood, width: 75 },
			{ of: 'registry', title: 'Registry' },
			{ of: 'role', title: 'Role', width: 80 },
			{ of: 'stage', title: 'Stage', width: 90 },
			{ of: 'reason', title: 'Reason', link: toRunbook() },
		],
		sortBy: 'Nodes',
		descending: true,
	});
}

function waiting(): AnyPanel {
	const pods = `sum by (registry, cause, explained) (${nodes('image_pull_failing', chosenRegistries)})`;
	const told = `0 * count(${nodes('cluster_last_sync_timestamp_seconds')})`;
	const none = `label_replace(${told}, "cause", "no pod waits", "", "")`;
	return table({
		title: 'Which pods wait for an image, and why?',
		description:
			'Pods whose image does not come, by cause, and by whether a probe explains it. What no probe explains is a pull that fails although the registry is well from there: look at those pods on the board of their node.',
		width: 7,
		height: 9,
		noValue: 'No agent is told of pods: the component `discovery` gives the right.',
		queries: [`${pods} or (${none} unless on () ${pods})`],
		columns: [
			{ of: 0, title: 'Pods', steps: noneIsGood, width: 70 },
			{ of: 'cause', title: 'Cause', width: 110 },
			{ of: 'registry', title: 'Registry' },
			{ of: 'explained', title: 'Explained by', width: 110 },
		],
		sortBy: 'Pods',
		descending: true,
	});
}
