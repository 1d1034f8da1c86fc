import { colors, thresholds } from '../palette.ts';
import type { AnyPanel } from '../panels/dress.ts';
import { number } from '../panels/number.ts';
import { table } from '../panels/table.ts';
import { oneNode, orNone } from '../promql.ts';

/** What the node is, and what its own files say wrong. */
export function self(): AnyPanel[] {
	const faults = `max by (source, fault) (${oneNode('node_config_fault')})`;
	return [
		table({
			title: 'What is this node?',
			description: 'Zone, region and type as the Kubernetes API says them, runtime and kernel as the node says them.',
			width: 10,
			height: 5,
			queries: [`max by (cluster, node, zone, region, instance_type, runtime, kernel) (${oneNode('node_info')})`],
			columns: [
				{ of: 'cluster', title: 'Cluster' },
				{ of: 'zone', title: 'Zone' },
				{ of: 'region', title: 'Region' },
				{ of: 'instance_type', title: 'Type' },
				{ of: 'runtime', title: 'Runtime' },
				{ of: 'kernel', title: 'Kernel' },
			],
			sortBy: 'Zone',
		}),
		table({
			title: 'What does its pull configuration say wrong?',
			description: 'Files of the node that its runtime would ignore or refuse. `plan` says which line.',
			width: 10,
			height: 5,
			queries: [orNone(faults, oneNode, { fault: 'nothing that would be ignored or refused' })],
			columns: [
				{ of: 'fault', title: 'Fault' },
				{ of: 'source', title: 'File' },
			],
			sortBy: 'Fault',
		}),
		number({
			title: 'Was the agent on time?',
			description:
				'How late the agent last was to begin an attempt. An agent without CPU measures itself, not registries.',
			width: 4,
			height: 5,
			unit: 's',
			lines: [{ query: `max(${oneNode('schedule_lag_seconds')})`, legend: 'late' }],
			steps: thresholds([0, colors.good], [1, colors.warn]),
		}),
	];
}
