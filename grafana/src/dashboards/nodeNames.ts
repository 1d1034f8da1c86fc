import { colors, mappings, thresholds } from '../palette.ts';
import type { AnyPanel } from '../panels/dress.ts';
import { lines } from '../panels/lines.ts';
import { table } from '../panels/table.ts';
import { timeline } from '../panels/timeline.ts';
import { chosenRegistries, oneNode } from '../promql.ts';

const of = (metric: string, ...more: readonly string[]) => oneNode(metric, chosenRegistries, ...more);
const behindProxy = 'No name was resolved: hosts behind a proxy and bare addresses need none.';

/** Nameservers and addresses, each on its own: what works in spite of them is hidden from everybody else. */
export function names(): AnyPanel[] {
	const servers = 'by (nameserver, family)';
	const places = 'by (registry, host, role, family)';
	return [
		timeline({
			title: 'Do the nameservers answer?',
			description:
				'Each nameserver of the node asked on its own for the hosts of all registries; one name without an answer is enough to fail.',
			width: 8,
			height: 7,
			noValue: behindProxy,
			lines: [{ query: `min ${servers} (${of('dns_nameserver_success')})`, legend: '{{nameserver}} {{family}}' }],
			meanings: mappings('not asked', [0, 'silent or refuses', colors.bad], [1, 'answers', colors.good]),
		}),
		lines({
			title: 'How fast do the nameservers answer?',
			description: 'The slowest answer of each nameserver.',
			width: 8,
			height: 7,
			unit: 's',
			noValue: behindProxy,
			lines: [
				{
					query: `max ${servers} (${of('dns_nameserver_duration_seconds')})`,
					legend: '{{nameserver}} {{family}}',
				},
			],
			legend: 'bottom',
		}),
		table({
			title: 'Which addresses answer?',
			description:
				'How many of the resolved addresses of each host took a connection, by family. Dead ones cost time long before they break pulls.',
			width: 8,
			height: 7,
			noValue: 'No address was tried: behind a proxy there is none.',
			queries: [
				`sum ${places} (${of('addresses', 'state="reachable"')})`,
				`sum ${places} (${of('addresses', 'state="unreachable"')})`,
			],
			columns: [
				{ of: 'host', title: 'Through' },
				{ of: 'role', title: 'Role', width: 80 },
				{ of: 'family', title: 'Family', width: 70 },
				{ of: 0, title: 'Answer', width: 75 },
				{ of: 1, title: 'Dead', steps: thresholds([0, colors.good], [1, colors.bad]), width: 70 },
			],
			sortBy: 'Dead',
			descending: true,
		}),
	];
}
