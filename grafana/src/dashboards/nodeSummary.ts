import { broken, brokenFor } from '../broken.ts';
import { toRegistry, toRunbook } from '../links.ts';
import { colors, pullMappings, thresholds } from '../palette.ts';
import type { AnyPanel } from '../panels/dress.ts';
import { table } from '../panels/table.ts';
import { chosenRegistries, oneNode } from '../promql.ts';

const of = (metric: string, ...more: readonly string[]) => oneNode(metric, chosenRegistries, ...more);

/** The answer first: what works, what does not, who is to blame. */
export function summary(): AnyPanel[] {
	const delay = `sum by (registry) (${of('pull_delay_seconds')}) or 0 * min by (registry) (${of('pull_success')})`;
	const left = `min by (registry) (${of('ratelimit_remaining')} / ${of('ratelimit_limit')})`;
	return [
		table({
			title: 'Can this node pull?',
			description:
				"Would a pull by this node's runtime succeed, by its own order of mirrors and upstream? Late: what such a pull loses before it succeeds. Quota: the share that is left, where the registry says it.",
			width: 10,
			height: 7,
			queries: [`min by (registry) (${of('pull_success')})`, delay, left],
			columns: [
				{ of: 'registry', title: 'Registry', link: toRegistry() },
				{ of: 0, title: 'Pull', meanings: pullMappings, width: 90 },
				{ of: 1, title: 'Late', unit: 's', steps: thresholds([0, colors.good], [1, colors.warn]), width: 90 },
				{ of: 2, title: 'Quota', unit: 'percentunit', decimals: 0, width: 90 },
			],
			sortBy: 'Pull',
		}),
		table({
			title: 'What is broken, and which host is to blame?',
			description:
				'One row for each stage that the last attempt broke in. Since: since the path through this host last was well.',
			width: 14,
			height: 7,
			queries: [broken(oneNode, chosenRegistries), brokenFor(oneNode, chosenRegistries)],
			columns: [
				{ of: 'registry', title: 'Registry' },
				{ of: 'role', title: 'Role', width: 80 },
				{ of: 'stage', title: 'Stage', width: 90 },
				{ of: 'reason', title: 'Reason', link: toRunbook() },
				{ of: 'peer', title: 'To blame' },
				{ of: 'host', title: 'Through' },
				{ of: 1, title: 'Since', unit: 'dtdurations', decimals: 0, width: 120 },
			],
			sortBy: 'Registry',
		}),
	];
}
